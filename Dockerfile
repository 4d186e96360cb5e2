# Two stages: build with all packages, run with the needed ones, without root rights.
FROM node:24-bookworm-slim AS build
WORKDIR /postrider
COPY package.json package-lock.json tsconfig.json tsconfig.build.json ./
# `prepare` builds, and there is nothing to build yet.
RUN npm ci --ignore-scripts
COPY . .
RUN npm run build && npm prune --omit=dev --ignore-scripts

FROM node:24-bookworm-slim
ENV NODE_ENV=production
WORKDIR /postrider
COPY --from=build /postrider/node_modules ./node_modules
COPY --from=build /postrider/dist ./dist
COPY --from=build /postrider/package.json /postrider/postrider.yaml ./
COPY --from=build /postrider/bin ./bin
COPY --from=build /postrider/assets ./assets
COPY --from=build /postrider/migrations ./migrations
COPY --from=build /postrider/templates ./templates
COPY --from=build /postrider/content ./content
COPY --from=build /postrider/jobs ./jobs
# A fresh volume takes over the owner of the folder it is mounted on.
RUN ln -s /postrider/bin/postrider.js /usr/local/bin/postrider \
  && mkdir -p /site/.postrider /site/public && chmod 700 /site/.postrider && chown -R node:node /site
USER node
WORKDIR /site
STOPSIGNAL SIGTERM
ENTRYPOINT ["postrider"]
CMD ["serve", "--host", "0.0.0.0"]
