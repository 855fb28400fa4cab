/**
 * What MR-KPA is compared with: systems that see the same visits, codes and roles, and are trained
 * and evaluated by the same code. All hyper-parameters besides these are those of training.
 *
 * <ul>
 *   <li>{@link org.medcue.model.baseline.CopyLastVisit}: the drugs of the last earlier visit with
 *       drugs. Nothing to set.
 *   <li>{@link org.medcue.model.baseline.FrequentDrugs}: how often each drug is ordered for the
 *       present codes. Nothing to set.
 *   <li>{@link org.medcue.model.baseline.RegressionNetwork}: logistic regression on multi-hot
 *       features of history and present; {@code sameReason} adds the drugs of the last visit for
 *       the same reason.
 *   <li>{@link org.medcue.model.baseline.RetainNetwork}: RETAIN, two recurrent networks that weigh
 *       visits and their dimensions. Size 64, dropout 0.1, the last 32 visits.
 *   <li>{@link org.medcue.model.baseline.VisitTransformerNetwork}: a Transformer over visits. Size
 *       64, 1 layer, 4 heads, feed-forward 128, dropout 0.1, the last 32 visits. (A second layer
 *       learned more slowly and cost half as much again.)
 * </ul>
 */
@NullMarked
package org.medcue.model.baseline;

import org.jspecify.annotations.NullMarked;
