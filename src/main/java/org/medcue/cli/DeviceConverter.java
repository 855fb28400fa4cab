package org.medcue.cli;

import org.medcue.model.nn.DeviceChoice;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads where to compute. */
final class DeviceConverter implements ITypeConverter<DeviceChoice> {

  @Override
  public DeviceChoice convert(String text) {
    try {
      return DeviceChoice.of(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(String.valueOf(e.getMessage()));
    }
  }
}
