package org.medcue.model.versions;

import static java.util.Map.entry;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What a usual dosage may say: elements of the FHIR R4 Dosage that are coded or counted. Doctors
 * sign what it fills in, so it has no words of its own: a text has to be the display of one of its
 * codings, and a display is one line without markup.
 *
 * <p>Doses go up to 10⁸, since those counted in international units do: of benzylpenicillin 24
 * million a day. Whatever repeats does so at most 100 times, and every 1000 units of time: above
 * that it is no dosage of a person but a slip or an attack.
 */
final class DosageForm {

  private static final double LARGEST_DOSE = 1e8;
  private static final int MOST_TIMES = 100;
  private static final int LONGEST_PERIOD = 1_000;
  private static final int MOST_PARTS = 10;
  private static final int MINUTES_A_DAY = 1_440;

  private static final Pattern DISPLAY =
      Pattern.compile("(?!.*//)[\\p{L}\\p{M}\\p{N} ,.;:%/()+'-]{1,120}");
  private static final Pattern UNIT =
      Pattern.compile("(?!.*//)[\\p{L}\\p{N}%µ {}()^*'./-]{1,40}|\\[[A-Za-z_' ]{1,20}\\]");
  private static final Pattern CODE = Pattern.compile("[A-Za-z0-9%/{}\\[\\]().*'^_+-]{1,40}");
  private static final Pattern SYSTEM =
      Pattern.compile(
          "http://snomed\\.info/sct|http://unitsofmeasure\\.org"
              + "|http://(terminology\\.)?hl7\\.org/[A-Za-z0-9/._-]{1,100}|urn:oid:[0-9.]{1,100}");
  private static final Pattern TIME = Pattern.compile("([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]");
  private static final Pattern TIME_UNIT = Pattern.compile("s|min|h|d|wk|mo|a");
  private static final Pattern DAY = Pattern.compile("mon|tue|wed|thu|fri|sat|sun");
  private static final Pattern WHEN = Pattern.compile("[A-Z]{1,5}(\\.(early|late|aft))?");

  /** Something of another form. */
  static final class Unlike extends Exception {
    private static final long serialVersionUID = 1L;

    Unlike(String where, String why) {
      super(where + " " + why, null, false, false);
    }
  }

  /** A form that JSON has or has not. */
  @FunctionalInterface
  private interface Form {
    void check(JsonNode json, String where) throws Unlike;
  }

  private static final Form QUANTITY =
      object(
          Map.of(
              "value", number(LARGEST_DOSE),
              "unit", text(UNIT),
              "code", text(CODE),
              "system", text(SYSTEM)),
          "value");

  private static final Form RATIO =
      object(Map.of("numerator", QUANTITY, "denominator", QUANTITY), "numerator", "denominator");

  private static final Form RANGE = object(Map.of("low", QUANTITY, "high", QUANTITY));

  private static final Form CODING =
      object(
          Map.of("system", text(SYSTEM), "code", text(CODE), "display", text(DISPLAY)),
          "system",
          "code");

  private static final Form CONCEPT =
      (json, where) -> {
        object(Map.of("coding", list(CODING), "text", text(DISPLAY)), "coding").check(json, where);
        requireDisplay(json, "text", json.findValuesAsText("display"), where);
      };

  private static final Form REPEAT =
      (json, where) -> {
        object(
                Map.ofEntries(
                    entry("boundsDuration", QUANTITY),
                    entry("boundsRange", RANGE),
                    entry("count", whole(1, MOST_TIMES)),
                    entry("countMax", whole(1, MOST_TIMES)),
                    entry("duration", number(LONGEST_PERIOD)),
                    entry("durationMax", number(LONGEST_PERIOD)),
                    entry("durationUnit", text(TIME_UNIT)),
                    entry("frequency", whole(1, MOST_TIMES)),
                    entry("frequencyMax", whole(1, MOST_TIMES)),
                    entry("period", number(LONGEST_PERIOD)),
                    entry("periodMax", number(LONGEST_PERIOD)),
                    entry("periodUnit", text(TIME_UNIT)),
                    entry("dayOfWeek", list(text(DAY))),
                    entry("timeOfDay", list(text(TIME))),
                    entry("when", list(text(WHEN))),
                    entry("offset", whole(0, MINUTES_A_DAY))))
            .check(json, where);
        requireUnit(json, "period", where);
        requireUnit(json, "duration", where);
      };

  private static final Form DOSE_AND_RATE =
      object(
          Map.of(
              "type", CONCEPT,
              "doseQuantity", QUANTITY,
              "rateQuantity", QUANTITY,
              "rateRange", RANGE,
              "rateRatio", RATIO),
          "doseQuantity");

  private static final Form DOSAGE =
      (json, where) -> {
        object(
                Map.ofEntries(
                    entry("sequence", whole(1, MOST_TIMES)),
                    entry("text", text(DISPLAY)),
                    entry("additionalInstruction", list(CONCEPT)),
                    entry("timing", object(Map.of("repeat", REPEAT, "code", CONCEPT))),
                    entry("asNeededBoolean", DosageForm::requireBoolean),
                    entry("asNeededCodeableConcept", CONCEPT),
                    entry("site", CONCEPT),
                    entry("route", CONCEPT),
                    entry("method", CONCEPT),
                    entry("doseAndRate", list(DOSE_AND_RATE)),
                    entry("maxDosePerPeriod", RATIO),
                    entry("maxDosePerAdministration", QUANTITY),
                    entry("maxDosePerLifetime", QUANTITY)),
                "timing",
                "doseAndRate")
            .check(json, where);
        requireDisplay(json, "text", json.findValuesAsText("display"), where);
      };

  private static final Form DOSAGES = list(DOSAGE);

  private DosageForm() {}

  /**
   * Checks the {@code dosageInstruction} of a drug.
   *
   * @throws Unlike naming the member that is of another form; it quotes nothing of its content
   */
  static void check(JsonNode dosageInstruction) throws Unlike {
    DOSAGES.check(dosageInstruction, "dosage");
  }

  private static Form object(Map<String, Form> members, String... required) {
    Map<String, Form> known = new HashMap<>(members);
    Set<String> names = new TreeSet<>(members.keySet());
    return (json, where) -> {
      require(json.isObject() && !json.isEmpty(), where, "must be an object with members");
      for (Map.Entry<String, JsonNode> member : json.properties()) {
        Form form = known.get(member.getKey());
        if (form == null) {
          throw new Unlike(where, "may have only " + String.join(", ", names));
        }
        form.check(member.getValue(), where + "." + member.getKey());
      }
      for (String name : required) {
        require(json.has(name), where, "must have " + name);
      }
    };
  }

  private static Form list(Form item) {
    return (json, where) -> {
      require(
          json.isArray() && !json.isEmpty() && json.size() <= MOST_PARTS,
          where,
          "must be a list of 1 to " + MOST_PARTS);
      for (int i = 0; i < json.size(); i++) {
        item.check(json.path(i), where + "[" + i + "]");
      }
    };
  }

  private static Form number(double most) {
    return (json, where) ->
        require(
            json.isNumber() && json.doubleValue() > 0 && json.doubleValue() <= most,
            where,
            String.format(Locale.ROOT, "must be a number above 0, at most %.0f", most));
  }

  private static Form whole(int least, int most) {
    return (json, where) ->
        require(
            json.isInt() && json.intValue() >= least && json.intValue() <= most,
            where,
            "must be a whole number, " + least + " to " + most);
  }

  private static Form text(Pattern form) {
    return (json, where) ->
        require(
            json.isTextual() && form.matcher(json.textValue()).matches(),
            where,
            "must be a short plain text or code of FHIR");
  }

  private static void requireBoolean(JsonNode json, String where) throws Unlike {
    require(json.isBoolean(), where, "must be true or false");
  }

  /** FHIR R4 tim-1 and tim-2; every 6 of nothing is a dosage that somebody will misread. */
  private static void requireUnit(JsonNode repeat, String name, String where) throws Unlike {
    require(!repeat.has(name) || repeat.has(name + "Unit"), where, "must have " + name + "Unit");
  }

  private static void requireDisplay(
      JsonNode json, String name, List<String> displays, String where) throws Unlike {
    require(
        !json.has(name) || displays.contains(json.path(name).textValue()),
        where + "." + name,
        "must be the display of one of its codings: no free text");
  }

  private static void require(boolean holds, String where, String why) throws Unlike {
    if (!holds) {
      throw new Unlike(where, why);
    }
  }
}
