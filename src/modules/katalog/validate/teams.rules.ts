// Teams that conditions tell: each must be one of notification.teams.
import { didYouMean, type SourceNode } from '../../common';
import { conditionList } from '../../expression';
import { ProblemList } from '../../common';
import { walkFields } from '../../schema';
import { crdField } from '../model/crd.fields';
import { CODE } from './codes';
import { type EntryRule } from './rule';

export const checkTeams: EntryRule = ({ entry, katalog }, findings) => {
  const teams = [...(katalog.notification?.teams?.keys() ?? [])];
  walkFields({ field: crdField, node: entry.node, place: '' }, ({ field, node }) => {
    if (field !== conditionList) return true;
    for (const { text, node: place } of teamsIn(node)) {
      if (teams.includes(text)) continue;
      const known = teams.length === 0 ? '; the Katalog has no notification.teams' : didYouMean(text, teams);
      findings.error(place, CODE.team, `"${text}" is no team of notification.teams${known}`);
    }
    return false;
  });
};

function teamsIn(node: SourceNode): readonly { readonly text: string; readonly node: SourceNode }[] {
  const conditions = conditionList.decode(node, { problems: new ProblemList() }) ?? [];
  return conditions.flatMap(({ notify }) => notify?.teams ?? []);
}
