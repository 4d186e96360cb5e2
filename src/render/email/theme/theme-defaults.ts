/** The default theme, for keys that a theme leaves out. `templates/theme.yaml` has the same values, with comments. */

const sans = "-apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";

export const defaults = {
  width: 640,
  padding: 40,
  textSize: 17,
  fonts: {
    text: sans,
    heading: sans,
    code: "ui-monospace, SFMono-Regular, Menlo, Consolas, 'Liberation Mono', monospace",
  },
  greeting: "",
  footer: "",
  light: {
    page: "#f4f3ef",
    card: "#ffffff",
    ink: "#2b2d33",
    heading: "#14161a",
    muted: "#5d6169",
    line: "#e3e1da",
    accent: "#1d56b8",
    onAccent: "#ffffff",
    tint: "#f6f5f2",
    code: {
      comment: "#656a72",
      keyword: "#a8243a",
      string: "#14633a",
      number: "#8a4a00",
      name: "#6236b0",
      attribute: "#0a5794",
    },
  },
  dark: {
    page: "#101113",
    card: "#1a1c20",
    ink: "#dfe1e5",
    heading: "#f7f8f9",
    muted: "#a3a8b0",
    line: "#353940",
    accent: "#8fb6ff",
    onAccent: "#0f1521",
    tint: "#24272d",
    code: {
      comment: "#9aa1ab",
      keyword: "#ff9aa8",
      string: "#92d6a4",
      number: "#f0b878",
      name: "#cdb0ff",
      attribute: "#8cc8f8",
    },
  },
};
