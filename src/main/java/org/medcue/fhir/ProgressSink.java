package org.medcue.fhir;

/** Hears how far a long reading has come. */
@FunctionalInterface
public interface ProgressSink {

  /**
   * @param what the file being read
   * @param bytesRead bytes read so far of all files, as they lie on disk
   * @param bytesTotal size of all files
   */
  void progress(String what, long bytesRead, long bytesTotal);
}
