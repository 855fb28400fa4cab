package org.medcue.registry;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.medcue.model.ModelException;
import org.medcue.platform.UnavailableException;

class VersionFaultsTest {

  private static final Path FOLDER = Path.of("/srv/registry/.incoming/3f0c");

  static Stream<Throwable> whatLibrariesThrow() {
    return Stream.of(
        new NullPointerException("Cannot invoke \"org.example.Weights.size()\""),
        new NegativeArraySizeException("-7"),
        new IllegalStateException("/srv/registry/.incoming/3f0c"),
        new StackOverflowError(),
        new OutOfMemoryError("Java heap space"));
  }

  @ParameterizedTest
  @MethodSource("whatLibrariesThrow")
  void whatNobodyForesawIsTheFaultOfTheVersion(Throwable failure) {
    assertThatThrownBy(
            () ->
                VersionFaults.inWords(
                    FOLDER,
                    () -> {
                      if (failure instanceof Error error) {
                        throw error;
                      }
                      throw (RuntimeException) failure;
                    }))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("its files cannot be read")
        .hasMessageNotContainingAny("/srv", "org.example", "java", "-7");
  }

  @Test
  void filesAreNamedWithoutTheirPlaceOnThisMachine() {
    assertThatThrownBy(
            () ->
                VersionFaults.inWords(
                    FOLDER,
                    () -> {
                      throw new ModelException(
                          FOLDER.resolve("golden.json") + " cannot be read in " + FOLDER);
                    }))
        .isInstanceOf(ModelException.class)
        .hasMessage("golden.json cannot be read in the folder");
  }

  @Test
  void databaseThatDoesNotAnswerIsNoFaultOfTheVersion() {
    assertThatThrownBy(
            () ->
                VersionFaults.inWords(
                    FOLDER,
                    () -> {
                      throw new UnavailableException("the registry", new IllegalStateException());
                    }))
        .isInstanceOf(UnavailableException.class);
  }
}
