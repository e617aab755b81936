import { cite, ruling, rulingsOf, type Point, type PointRule } from './cell.js';
import { categoryDefault, isAboutThirdParty, isLower } from './level.js';

/** GDPR 9(2): the purpose carries a ground, or somebody who may has agreed expressly. */
const specialDataHasGround: PointRule = ({ item, catalogue, purpose, stance }) => {
  const special = item.category !== undefined && catalogue.category(item.category)?.special === 'article-9';
  const needsConsent = (purpose?.gdpr9.ground ?? 'a') === 'a';
  return special && needsConsent && !stance.valid.some((c) => c.explicit)
    ? ruling('p2-no-gdpr-ground', cite('item', item))
    : undefined;
};

const levelIsDeclared: PointRule = ({ item }) =>
  item.level === undefined ? ruling('p2-level-missing', cite('item', item)) : undefined;

const concernsNoThirdParty: PointRule = ({ item }) =>
  isAboutThirdParty(item) ? ruling('p2-third-party', cite('item', item)) : undefined;

const levelFitsCategory: PointRule = ({ item, catalogue }) =>
  item.level !== undefined && isLower(item.level, categoryDefault(item, catalogue))
    ? ruling('p2-declared-low', cite('item', item))
    : undefined;

export const confidentiality: Point = (cell) =>
  rulingsOf([specialDataHasGround, levelIsDeclared, concernsNoThirdParty, levelFitsCategory], cell);
