package org.medcue.training.evaluation;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;

/** Charts in one style, as PNG. */
public final class PlotFile {

  /** Charts being made and written. */
  @FunctionalInterface
  public interface Drawing {

    /**
     * Makes and writes them.
     *
     * @throws IOException if a file cannot be written
     */
    void draw() throws IOException;
  }

  /** For lines that help to read a plot. */
  public static final BasicStroke DASHED =
      new BasicStroke(1.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {6, 4}, 0);

  private PlotFile() {}

  /** Colours, legend and fonts. */
  public static void style(AxesChartStyler styler) {
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setLegendPosition(LegendPosition.OutsideS).setLegendLayout(LegendLayout.Horizontal);
    styler.setLegendBorderColor(Color.WHITE);
    styler.setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 15));
    styler.setChartTitleBoxVisible(false);
    styler.setAnnotationTextFont(new Font(Font.SANS_SERIF, Font.PLAIN, 10));
    styler.setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
    styler.setDecimalPattern("0.0");
  }

  /** Writes a chart as PNG, over an earlier one. */
  public static void write(Chart<?, ?> chart, Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      BitmapEncoder.saveBitmap(chart, out, BitmapFormat.PNG);
    }
  }

  /**
   * Draws if the machine can: a plot is never worth the loss of what was trained or measured.
   *
   * @return why nothing, or not everything, was drawn
   * @throws IOException if a file cannot be written
   */
  public static Optional<String> ifPossible(Drawing drawing) throws IOException {
    try {
      drawing.draw();
      return Optional.empty();
    } catch (LinkageError | InternalError | RuntimeException e) {
      return Optional.of(
          "no plots were drawn; if fonts are what is missing, install fontconfig and a font such as"
              + " DejaVu: "
              + e);
    }
  }
}
