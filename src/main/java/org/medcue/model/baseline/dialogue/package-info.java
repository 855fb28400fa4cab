/**
 * What DDN is compared with: the networks of the DDN paper's table 2 (appendix B.1) over vectors of
 * the encoder as it was pre-trained, and a logistic regression on such vectors. Two cores cannot
 * train the encoder once more for each of them, so its vectors are computed once.
 *
 * <p>All read the same dialogues, know who speaks, and have a vector and a bias of the disease,
 * begin at how often each drug is ordered, and are trained as DDN is. LSAN has DDN's disease
 * encoder besides, as in the paper; so have RETAIN and HiTANet, to which the paper does not give
 * it, so that they lose nothing that DDN knows of a disease.
 */
@NullMarked
package org.medcue.model.baseline.dialogue;

import org.jspecify.annotations.NullMarked;
