package io.wizzie.wcs.ami.cli.option;

import io.wizzie.wcs.ami.base.DurationText;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads an option that takes a duration, as the configuration writes them. */
public final class DurationConverter implements ITypeConverter<Duration> {
  @Override
  public Duration convert(String value) {
    try {
      return DurationText.parse(value);
    } catch (IllegalArgumentException notOne) {
      throw new TypeConversionException(
          "expected a duration such as 12h or 30d, not '" + value + "'");
    }
  }
}
