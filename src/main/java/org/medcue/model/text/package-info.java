/** Pre-trained encoders of text: BERT blocks whose weights come from a library's ONNX file. */
@NullMarked
package org.medcue.model.text;

import org.jspecify.annotations.NullMarked;
