package org.medcue.model.versions;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.medcue.clinical.DrugCode;
import org.medcue.model.ModelException;
import org.medcue.model.ModelFolder;

/**
 * The dosages ordered most often in training: the {@code dosages.json} of a version's folder, an
 * object from RxNorm code to a {@code dosageInstruction} array of FHIR R4 in the form of {@link
 * DosageForm}.
 */
public final class VersionDosages {

  private static final String FILE = ModelFolder.DOSAGES;

  /** Room for {@link #MOST_DRUGS}; the bundled version has 16 KB for 26 drugs. */
  private static final long LARGEST_FILE = 4L * 1024 * 1024;

  /** RxNorm has some 20 000 clinical drugs, a hospital's formulary a tenth of them. */
  private static final int MOST_DRUGS = 5_000;

  private static final int DEEPEST = 30;

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
                  // Else two readers could read two dosages of one drug
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  private VersionDosages() {}

  /**
   * Reads the file of a version; a version for dialogues has none.
   *
   * @return {@code dosageInstruction} arrays as FHIR JSON
   * @throws ModelException naming the drug and the member that is of another form
   */
  public static Map<DrugCode, String> read(ModelFolder folder) {
    Map<DrugCode, String> dosages = new HashMap<>();
    if (!folder.manifest().files().containsKey(FILE)) {
      return dosages;
    }
    Path file = folder.file(FILE);
    JsonNode content = content(file);
    if (!content.isObject() || content.size() > MOST_DRUGS) {
      throw new ModelException(
          file + " must be an object of at most " + MOST_DRUGS + " drugs, each with its dosages");
    }
    for (Map.Entry<String, JsonNode> drug : content.properties()) {
      DrugCode code = code(file, drug.getKey());
      try {
        DosageForm.check(drug.getValue());
      } catch (DosageForm.Unlike e) {
        throw new ModelException(file + ": drug " + code.value() + ": " + e.getMessage(), e);
      }
      dosages.put(code, drug.getValue().toString());
    }
    return dosages;
  }

  private static DrugCode code(Path file, String key) {
    try {
      return new DrugCode(key);
    } catch (IllegalArgumentException e) {
      throw new ModelException(file + " has a drug whose code is no RxNorm code", e);
    }
  }

  private static JsonNode content(Path file) {
    try {
      if (Files.size(file) > LARGEST_FILE) {
        throw new ModelException(file + " is larger than " + LARGEST_FILE + " bytes");
      }
      return JSON.readTree(file.toFile());
    } catch (JacksonException e) {
      throw new ModelException(file + " is no JSON, nests too deep, or has a name twice", e);
    } catch (IOException e) {
      throw new ModelException(file + " cannot be read", e);
    }
  }

  /**
   * Writes the file of a version that is being made. A dosage that says more than may be read, such
   * as free text, is left out whole: a part of it could mean something else.
   *
   * @param dosages {@code dosageInstruction} arrays as FHIR JSON
   */
  public static void write(Path folder, Map<DrugCode, String> dosages) throws IOException {
    Map<String, JsonNode> content = new TreeMap<>();
    for (Map.Entry<DrugCode, String> drug : dosages.entrySet()) {
      JsonNode dosage = JSON.readTree(drug.getValue());
      try {
        DosageForm.check(dosage);
        content.put(drug.getKey().value(), dosage);
      } catch (DosageForm.Unlike e) {
        // Left out
      }
    }
    JSON.writeValue(folder.resolve(FILE).toFile(), content);
  }
}
