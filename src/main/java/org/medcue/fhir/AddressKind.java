package org.medcue.fhir;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/**
 * What an IP address is for, by IANA's registries of special-purpose addresses. IPv6 addresses that
 * carry an IPv4 address (mapped, NAT64, 6to4) are what that one is.
 */
enum AddressKind {
  /** Anybody's, on the internet. */
  PUBLIC,
  /** This machine's, or of a private network. */
  PRIVATE,
  /** No server has it, or it gives a cloud's secrets to whoever asks. */
  NEVER;

  private record Block(byte[] prefix, int bits, AddressKind kind) {

    static Block of(String block, AddressKind kind) {
      String[] parts = block.split("/");
      return new Block(bytes(parts[0]), Integer.parseInt(parts[1]), kind);
    }

    boolean contains(byte[] address) {
      int whole = bits / 8;
      int rest = 8 - bits % 8;
      return Arrays.equals(prefix, 0, whole, address, 0, whole)
          && (rest == 8 || (prefix[whole] & 0xff) >> rest == (address[whole] & 0xff) >> rest);
    }

    private static byte[] bytes(String literal) {
      try {
        return InetAddress.getByName(literal).getAddress();
      } catch (UnknownHostException e) {
        throw new IllegalArgumentException(literal, e);
      }
    }
  }

  // The first that contains an address decides
  private static final List<Block> IPV4 =
      List.of(
          Block.of("100.100.100.200/32", NEVER), // metadata
          Block.of("168.63.129.16/32", NEVER), // metadata
          Block.of("10.0.0.0/8", PRIVATE),
          Block.of("100.64.0.0/10", PRIVATE), // carriers' own networks
          Block.of("127.0.0.0/8", PRIVATE),
          Block.of("172.16.0.0/12", PRIVATE),
          Block.of("192.168.0.0/16", PRIVATE),
          Block.of("0.0.0.0/8", NEVER),
          Block.of("169.254.0.0/16", NEVER), // link-local, metadata
          Block.of("192.0.0.0/24", NEVER),
          Block.of("192.0.2.0/24", NEVER),
          Block.of("192.88.99.0/24", NEVER),
          Block.of("198.18.0.0/15", NEVER),
          Block.of("198.51.100.0/24", NEVER),
          Block.of("203.0.113.0/24", NEVER),
          Block.of("224.0.0.0/3", NEVER), // multicast, reserved, broadcast
          Block.of("0.0.0.0/0", PUBLIC));

  private static final List<Block> IPV6 =
      List.of(
          Block.of("::1/128", PRIVATE),
          Block.of("fd00:ec2::254/128", NEVER), // metadata
          Block.of("fd20:ce::254/128", NEVER), // metadata
          Block.of("fc00::/7", PRIVATE),
          Block.of("2001::/23", NEVER), // Teredo and other protocols' own
          Block.of("2001:db8::/32", NEVER),
          Block.of("3fff::/20", NEVER),
          Block.of("2000::/3", PUBLIC),
          Block.of("::/0", NEVER));

  private static final Block NAT64 = Block.of("64:ff9b::/96", PUBLIC);
  private static final Block SIX_TO_FOUR = Block.of("2002::/16", PUBLIC);
  private static final byte[] MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1};

  static AddressKind of(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (bytes.length == 4) {
      return first(IPV4, bytes);
    }
    if (NAT64.contains(bytes) || Arrays.equals(MAPPED, 0, 12, bytes, 0, 12)) {
      return first(IPV4, Arrays.copyOfRange(bytes, 12, 16));
    }
    if (SIX_TO_FOUR.contains(bytes)) {
      return first(IPV4, Arrays.copyOfRange(bytes, 2, 6));
    }
    return first(IPV6, bytes);
  }

  private static AddressKind first(List<Block> blocks, byte[] address) {
    return blocks.stream()
        .filter(block -> block.contains(address))
        .findFirst()
        .map(Block::kind)
        .orElse(NEVER);
  }
}
