package org.medcue.model;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.util.function.Function;
import org.medcue.clinical.DiagnosisCode;
import org.medcue.clinical.Drug;
import org.medcue.clinical.DrugCode;
import org.medcue.clinical.Symptom;

/** Writes codes and drugs as plain texts, also as keys, and reads them back. */
final class CodeModule {

  private final SimpleModule module = new SimpleModule("codes");

  private CodeModule() {}

  static SimpleModule create() {
    CodeModule codes = new CodeModule();
    codes.add(Drug.class, Drug::value, Drug::of);
    codes.add(DrugCode.class, DrugCode::value, DrugCode::new);
    codes.add(DiagnosisCode.class, DiagnosisCode::value, DiagnosisCode::new);
    codes.add(Symptom.class, Symptom::code, Symptom::new);
    return codes.module;
  }

  private <T> void add(Class<T> type, Function<T, String> write, Function<String, T> read) {
    module.addSerializer(
        type,
        new JsonSerializer<T>() {
          @Override
          public void serialize(T code, JsonGenerator json, SerializerProvider all)
              throws IOException {
            json.writeString(write.apply(code));
          }
        });
    module.addKeySerializer(
        type,
        new JsonSerializer<T>() {
          @Override
          public void serialize(T code, JsonGenerator json, SerializerProvider all)
              throws IOException {
            json.writeFieldName(write.apply(code));
          }
        });
    module.addDeserializer(
        type,
        new JsonDeserializer<T>() {
          @Override
          public T deserialize(JsonParser json, DeserializationContext context) throws IOException {
            return read.apply(json.getText());
          }
        });
    module.addKeyDeserializer(
        type,
        new KeyDeserializer() {
          @Override
          public Object deserializeKey(String key, DeserializationContext context) {
            return read.apply(key);
          }
        });
  }
}
