package org.medcue.export;

import java.util.List;
import org.medcue.feedback.LoggedFeedback;
import org.medcue.recommendation.LoggedRecommendation;

/**
 * One line of a patient's export.
 *
 * @param recommendation what was served, with evidence, orders and cards as long as they are kept
 * @param feedback what doctors did with its cards, oldest first
 */
record PatientEntry(LoggedRecommendation recommendation, List<LoggedFeedback> feedback) {}
