/** alembic.ini: sections and keys as in any such file, with the interpolation, URLs, templates and logging of Alembic. */
import { type Grammar, type GrammarRule, groups, include, scoped } from './grammar.ts';

const section = (name: string): string => `^(\\[)(${name})(\\])`;
const sectionCaptures = groups(
  'punctuation.definition.entity.ini',
  'entity.name.section.group-title.ini',
  'punctuation.definition.entity.ini',
);

const key: GrammarRule = {
  match: '^([A-Za-z_][\\w.\\-]*)\\s*([=:])',
  captures: groups('keyword.other.definition.ini', 'punctuation.separator.key-value.ini'),
};

/** A section whose values have a language of their own; it ends where the next one begins. */
function sectionWith(name: string, values: readonly string[]): GrammarRule {
  return {
    begin: section(name),
    beginCaptures: sectionCaptures,
    end: '(?=^\\[)',
    patterns: include('#comment', '#key', ...values),
  };
}

export const alembicIni: Grammar = {
  name: 'Alembic Configuration',
  scopeName: 'source.ini.alembic',
  patterns: include('#comment', '#formatter', '#logging', '#hooks', '#section', '#key', '#value'),
  repository: {
    // A semicolon or number sign begins a comment at the start of a line only.
    comment: scoped('comment.line.ini', '^\\s*[#;].*$'),
    key,
    section: { match: section('[^\\]\\n]+'), captures: sectionCaptures },
    // Read raw: a format of logging is no interpolation.
    formatter: sectionWith('formatter_\\w+', ['#log-format']),
    logging: sectionWith('(?:logger|handler)\\w*_?\\w*', ['#log-value']),
    hooks: sectionWith('post_write_hooks', ['#hook-value', '#value']),
    value: { patterns: include('#template-token', '#interpolation', '#percent', '#url', '#words') },
    'template-token': {
      name: 'constant.other.placeholder.ini',
      match: '%%\\((rev|slug|year|month|day|hour|minute|second|epoch)\\)[\\d.]*[sd]',
      captures: groups('variable.parameter.template.ini'),
    },
    interpolation: {
      name: 'meta.interpolation.ini',
      match: '(%\\()(here)?([\\w.\\-]*)(\\)s)',
      captures: groups(
        'punctuation.definition.interpolation.begin.ini',
        'variable.language.here.ini',
        'variable.parameter.interpolation.ini',
        'punctuation.definition.interpolation.end.ini',
      ),
    },
    percent: {
      patterns: [
        scoped('constant.character.escape.ini', '%%'),
        // ConfigParser refuses the file.
        scoped('invalid.illegal.percent.ini', '%'),
      ],
    },
    url: {
      match: '\\b([a-z][a-z0-9]*)(\\+[a-z0-9_]+)?(://)(?:([^:@/\\s%]+)(?:(:)((?:[^@\\s%]|%%)*))?(@))?',
      captures: groups(
        'storage.type.dialect.ini',
        'support.type.driver.ini',
        'punctuation.separator.url.ini',
        'variable.other.user.ini',
        'punctuation.separator.url.ini',
        'string.other.password.ini',
        'punctuation.separator.url.ini',
      ),
    },
    words: {
      patterns: [
        scoped('constant.language.ini', '(?i:\\b(?:true|false|yes|no|on|off)\\b)(?=\\s*$)'),
        scoped('constant.numeric.ini', '(?<=[=:] |[=:])\\d+(?=\\s*$)'),
      ],
    },
    'hook-value': {
      patterns: [
        scoped('support.constant.hook.ini', '\\bREVISION_SCRIPT_FILENAME\\b'),
        scoped('support.type.runner.ini', '(?<=\\.type = |\\.type=)(?:console_scripts|exec|module)\\b'),
        scoped('keyword.operator.option.ini', '(?<=\\s)--?[A-Za-z][\\w-]*'),
      ],
    },
    'log-format': {
      patterns: [
        scoped('constant.other.placeholder.ini', '%\\(\\w+\\)[-#0 +]*\\d*(?:\\.\\d+)?[diouxXeEfFgGcrsa]'),
        scoped('constant.other.placeholder.ini', '%[aAbBcdfHIjmMpSUwWxXyYzZ%]'),
      ],
    },
    'log-value': {
      patterns: [
        scoped(
          'constant.language.level.ini',
          '\\b(?:CRITICAL|FATAL|ERROR|WARNING|WARN|INFO|DEBUG|NOTSET)\\b(?=\\s*$)',
        ),
        scoped('support.class.handler.ini', '(?<=^class = |^class=)[\\w.]+'),
        scoped('variable.language.stream.ini', '\\bsys\\.(?:stderr|stdout)\\b'),
      ],
    },
  },
};
