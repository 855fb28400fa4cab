package org.medcue.training;

import java.awt.Color;
import java.awt.Font;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;

/** Charts in one style, as SVG that is the same each time. */
final class PlotFile {

  private static final Pattern CLIP = Pattern.compile("clip-?[0-9]+");
  private static final Pattern DECIMALS = Pattern.compile("([0-9]\\.[0-9]{2})[0-9]+");

  private PlotFile() {}

  static void style(AxesChartStyler styler) {
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setLegendPosition(LegendPosition.OutsideS).setLegendLayout(LegendLayout.Horizontal);
    styler.setLegendBorderColor(Color.WHITE);
    styler.setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 15));
    styler.setChartTitleBoxVisible(false);
    styler.setAnnotationTextFont(new Font(Font.SANS_SERIF, Font.PLAIN, 10));
    styler.setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
    styler.setDecimalPattern("0.0");
  }

  static void write(Chart<?, ?> chart, Path file) throws IOException {
    ByteArrayOutputStream svg = new ByteArrayOutputStream();
    VectorGraphicsEncoder.saveVectorGraphic(chart, svg, VectorGraphicsFormat.SVG);
    Files.writeString(file, tidy(svg.toString(StandardCharsets.UTF_8)));
  }

  /**
   * Mends what the encoder leaves: {@code xmlns=""}, which takes elements out of SVG; names of clip
   * paths after hash codes, which differ each time; and glyphs to a millionth of a point, which
   * makes files three times as large.
   */
  private static String tidy(String svg) {
    Map<String, String> names = new LinkedHashMap<>();
    String named =
        CLIP.matcher(svg.replace(" xmlns=\"\"", ""))
            .replaceAll(
                clip ->
                    names.computeIfAbsent(clip.group(), unseen -> "clip-" + (names.size() + 1)));
    return DECIMALS.matcher(named).replaceAll("$1").replaceAll("(?m)^ +", "");
  }
}
