#!/usr/bin/env bash
# Asks a running server to publish the posts that are new or changed since a commit. Asking twice sends nothing twice.
#   SINCE=<commit> SERVER=https://news.example.org TOKEN=… [CONTENT=content/posts] [CHANNELS=feed,newsletter] publish-over-http.sh
set -euo pipefail
: "${SINCE:?the commit before the push}" "${SERVER:?the address of postrider serve}" "${TOKEN:?its POSTRIDER_API_TOKEN}"
content=${CONTENT:-content/posts}
body='{"onChange":true}'
# Names of channels have small letters, digits and hyphens: nothing in them needs to be escaped.
if [ -n "${CHANNELS:-}" ]; then
  [[ $CHANNELS =~ ^[a-z0-9,-]+$ ]] || { echo "CHANNELS: expected names, separated by commas" >&2; exit 2; }
  body="{\"onChange\":true,\"channels\":[\"${CHANNELS//,/\",\"}\"]}"
fi
# A list that git could not make would look like an empty one.
git rev-parse --quiet --verify --end-of-options "$SINCE^{commit}" >/dev/null || {
  echo "SINCE: git does not find the commit $SINCE in this clone. Fetch the whole history (fetch-depth: 0). For a new branch, choose a commit to compare with." >&2
  exit 2
}
percent() { local LC_ALL=C text=$1 out='' i c; for ((i = 0; i < ${#text}; i++)); do c=${text:i:1}; case $c in [A-Za-z0-9._~-]) out+=$c ;; *) out+=$(printf '%%%02X' "'$c") ;; esac; done; printf '%s' "$out"; }
status=0
while IFS= read -r -d '' file; do
  case $file in *.md | *.markdown | *.mdx) ;; *) continue ;; esac
  echo "$file"
  # The token goes through a file descriptor: command lines are seen by everybody on the machine.
  curl --silent --show-error --fail-with-body --max-time 60 --retry 3 \
    --config <(printf 'header = "Authorization: Bearer %s"\n' "$TOKEN") \
    --header 'Content-Type: application/json' --data "$body" \
    "${SERVER%/}/api/v1/posts/$(percent "$file")/publications" || status=1
  echo
done < <(git diff -z --name-only --relative="$content" --diff-filter=ACMR "$SINCE" HEAD --)
exit "$status"
