package org.medcue.fhir;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.Communication.CommunicationPayloadComponent;
import org.hl7.fhir.r4.model.Communication.CommunicationStatus;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;
import org.medcue.clinical.Speaker;

/** Takes from Communications what a dialogue is made of. */
final class CommunicationMapper {

  // Not yet sent, never sent, or sent by mistake: nobody said it
  private static final Set<CommunicationStatus> NOT_SAID =
      EnumSet.of(
          CommunicationStatus.PREPARATION,
          CommunicationStatus.NOTDONE,
          CommunicationStatus.ENTEREDINERROR);

  private final String patientId;
  private final References references;
  private final Senders senders;

  CommunicationMapper(String patientId, References references) {
    this.patientId = patientId;
    this.references = references;
    this.senders = new Senders(patientId, references);
  }

  /**
   * The message, unless its status says that nothing was said.
   *
   * @param place where it was sent
   * @throws OtherPatientException if it has no subject, and the only patients that it names are
   *     others
   */
  Optional<Message> map(Communication communication, @Nullable String id, String place) {
    checkPatient(communication, place);
    // What a client lists without status are messages
    if (communication.getStatus() != null && NOT_SAID.contains(communication.getStatus())) {
      return Optional.empty();
    }
    Speaker speaker = senders.sideOf(communication.getSender(), communication);
    List<String> texts = texts(communication);
    return Optional.of(
        new Message(
            id,
            references.idOf(communication.getEncounter()),
            timeOf(communication),
            communications(communication.getInResponseTo()),
            communications(communication.getPartOf()),
            speaker,
            speaker != null && isAside(communication, speaker),
            texts,
            Math.max(1, communication.getPayload().size()) - texts.size()));
  }

  private void checkPatient(Communication communication, String place) {
    if (communication.getSubject().getReference() != null) {
      return;
    }
    List<String> named = new ArrayList<>();
    List<Reference> parties = new ArrayList<>(communication.getRecipient());
    parties.add(communication.getSender());
    parties.forEach(who -> Optional.ofNullable(senders.patientOf(who)).ifPresent(named::add));
    if (!named.isEmpty() && !named.contains(patientId)) {
      throw new OtherPatientException(place);
    }
  }

  private static @Nullable TimeSpan timeOf(Communication communication) {
    TimeSpan sent = TimeSpan.of(communication.getSentElement());
    return sent == null ? TimeSpan.of(communication.getReceivedElement()) : sent;
  }

  private List<String> communications(List<Reference> named) {
    List<String> ids = new ArrayList<>();
    for (Reference reference : named) {
      String text = reference.getReference();
      String id = text == null ? null : references.idOf(text, "Communication");
      Optional.ofNullable(id).ifPresent(ids::add);
    }
    return ids;
  }

  /** Doctors among themselves, or the patient with relatives; a team may hold either side. */
  private boolean isAside(Communication communication, Speaker speaker) {
    List<Reference> recipients = communication.getRecipient();
    return !recipients.isEmpty()
        && recipients.stream().allMatch(who -> senders.sideOf(who, communication) == speaker);
  }

  private static List<String> texts(Communication communication) {
    List<String> texts = new ArrayList<>();
    for (CommunicationPayloadComponent part : communication.getPayload()) {
      String text = part.hasContentStringType() ? part.getContentStringType().getValue() : null;
      String plain = text == null ? "" : PlainText.of(text);
      if (!plain.isEmpty()) {
        texts.add(plain);
      }
    }
    return texts;
  }
}
