/** Typed reading of the settings that `protocol/manifest/settings.ts` declares. */
import type { ConfigurationChangeEvent } from 'vscode';
import { ConfigurationTarget, workspace } from 'vscode';
import type { SettingName, SettingValue } from '../protocol/manifest/settings.ts';
import { settings } from '../protocol/manifest/settings.ts';

const section = 'databasePatterns';

export function readSetting<Name extends SettingName>(name: Name): SettingValue<Name> {
  const fallback = settings[name].default as SettingValue<Name>;
  return workspace.getConfiguration(section).get<SettingValue<Name>>(name, fallback);
}

/** Writes to the workspace's settings; `undefined` removes the entry. */
export async function writeSetting<Name extends SettingName>(
  name: Name,
  value: SettingValue<Name> | undefined,
): Promise<void> {
  const target =
    workspace.workspaceFolders === undefined ? ConfigurationTarget.Global : ConfigurationTarget.Workspace;
  await workspace.getConfiguration(section).update(name, value, target);
}

export function settingChanged(event: ConfigurationChangeEvent, name: SettingName): boolean {
  return event.affectsConfiguration(`${section}.${name}`);
}
