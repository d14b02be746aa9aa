/** The pyproject.toml of a project in the tests: every rule of ruff but those of a short list, and strict types. */

export interface ProjectStyle {
  /** 310 is 3.10. */
  readonly python: number;
  readonly lineLength: number;
  readonly quote: 'double' | 'single';
}

/** All that is switched off, and why. */
const ignored = `[
    "COM812", # the formatter decides on trailing commas
    "CPY",    # a licence is the project's affair
    "D107",   # the class says what its constructor takes
    "D203",   # contradicts D211
    "D213",   # contradicts D212
    "RUF012", # the declarative base reads class attributes
]`;

export function pyproject({ python, lineLength, quote }: ProjectStyle): string {
  const quotes =
    quote === 'double'
      ? ''
      : `
[tool.ruff.format]
quote-style = "single"

[tool.ruff.lint.flake8-quotes]
inline-quotes = "single"
`;
  return `[project]
name = "new"
version = "1.0.0"
requires-python = ">=3.${python - 300}"
dependencies = []

[tool.ruff]
line-length = ${lineLength}

[tool.ruff.lint]
select = ["ALL"]
ignore = ${ignored}

[tool.ruff.lint.per-file-ignores]
"migrations/**" = ["INP001"] # Alembic's folder is no package
"tests/**" = ["INP001", "PLR2004", "S101"] # tests assert, with numbers, and are no package
${quotes}`;
}
