/*
 * Sends RTP at a steady pace and receives what comes back, for `npm run bench:media`. In C, so that it costs little beside
 * what is measured. The RTP timestamp carries the microsecond of sending, which an SFU passes on and SRTP leaves readable.
 *
 *   traffic RECEIVE_PORT WARM_MS MEASURE_MS < lines "SSRC PORT PACKETS_PER_SECOND BYTES PAYLOAD_TYPE COPIES"
 *
 * Prints one line of JSON. COPIES: how many times each packet of that source is expected back.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define HEADER 12
#define MOST_SOURCES 1024
#define BATCH 64
/* Delays by 10 microseconds, up to 2 s. */
#define STEP_US 10
#define STEPS 200000

typedef struct {
  uint32_t ssrc;
  struct sockaddr_in to;
  double gap_us, next_us;
  int bytes, payload_type, copies;
  uint16_t seq;
} source_t;

static source_t sources[MOST_SOURCES];
static int source_count;
static uint64_t from_us, to_us;
static int receiver;
static atomic_int done;
static uint64_t received, late, delays[STEPS];
static uint64_t sent, expected, behind_us;

static uint64_t now_us(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (uint64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static void *receive(void *unused) {
  static uint8_t data[BATCH][64];
  struct mmsghdr messages[BATCH];
  struct iovec parts[BATCH];
  memset(messages, 0, sizeof messages);
  for (int i = 0; i < BATCH; i++) {
    parts[i] = (struct iovec){data[i], sizeof data[i]};
    messages[i].msg_hdr.msg_iov = &parts[i];
    messages[i].msg_hdr.msg_iovlen = 1;
  }
  while (!done) {
    int count = recvmmsg(receiver, messages, BATCH, MSG_WAITFORONE, NULL);
    uint64_t now = now_us();
    for (int i = 0; i < count; i++) {
      uint8_t *p = data[i];
      /* RTCP: its packet types are 192 to 223 (RFC 5761). */
      if (messages[i].msg_len < HEADER || (p[1] >= 192 && p[1] <= 223)) continue;
      uint32_t stamp = (uint32_t)p[4] << 24 | p[5] << 16 | p[6] << 8 | p[7];
      uint64_t delay = (uint32_t)((uint32_t)now - stamp);
      uint64_t at = now - delay;
      if (at < from_us || at >= to_us) continue;
      received++;
      if (delay / STEP_US < STEPS) delays[delay / STEP_US]++;
      else late++;
    }
  }
  return unused;
}

static void send_all(int fd) {
  static uint8_t packet[1500];
  memset(packet, 0, sizeof packet);
  for (;;) {
    uint64_t now = now_us();
    if (now >= to_us) return;
    double next = (double)to_us;
    for (int i = 0; i < source_count; i++) {
      source_t *s = &sources[i];
      if (s->next_us <= now) {
        uint64_t at = now_us();
        uint32_t stamp = (uint32_t)at;
        packet[0] = 0x80;
        packet[1] = 0x80 | s->payload_type;
        packet[2] = s->seq >> 8, packet[3] = s->seq & 255, s->seq++;
        packet[4] = stamp >> 24, packet[5] = stamp >> 16, packet[6] = stamp >> 8, packet[7] = stamp;
        packet[8] = s->ssrc >> 24, packet[9] = s->ssrc >> 16, packet[10] = s->ssrc >> 8, packet[11] = s->ssrc;
        /* VP8: start of a partition of a key frame, so that every consumer may begin at once; audio does not mind. */
        packet[HEADER] = 0x10;
        ssize_t did = sendto(fd, packet, s->bytes, 0, (struct sockaddr *)&s->to, sizeof s->to);
        if (did == s->bytes && at >= from_us && at < to_us) sent++, expected += s->copies;
        if (now - (uint64_t)s->next_us > behind_us && at >= from_us) behind_us = now - (uint64_t)s->next_us;
        s->next_us += s->gap_us;
      }
      if (s->next_us < next) next = s->next_us;
    }
    int64_t rest = (int64_t)next - (int64_t)now_us();
    if (rest > 60) {
      struct timespec nap = {0, rest > 1000000 ? 1000000000 - 1 : (rest - 50) * 1000};
      nanosleep(&nap, NULL);
    }
  }
}

static uint64_t percentile(double part) {
  uint64_t wanted = (uint64_t)(received * part), seen = 0;
  for (int i = 0; i < STEPS; i++)
    if ((seen += delays[i]) >= wanted && seen > 0) return (uint64_t)i * STEP_US;
  return (uint64_t)STEPS * STEP_US;
}

int main(int argc, char **argv) {
  if (argc != 4) return fprintf(stderr, "traffic RECEIVE_PORT WARM_MS MEASURE_MS\n"), 2;
  uint32_t ssrc;
  int port, bytes, type, copies;
  double rate;
  uint64_t begin = now_us() + 20000;
  while (source_count < MOST_SOURCES && scanf("%u %d %lf %d %d %d", &ssrc, &port, &rate, &bytes, &type, &copies) == 6) {
    source_t *s = &sources[source_count];
    *s = (source_t){.ssrc = ssrc, .gap_us = 1e6 / rate, .bytes = bytes, .payload_type = type, .copies = copies};
    s->to = (struct sockaddr_in){.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    /* Spread evenly, so that the load has no beat of its own. */
    s->next_us = begin + s->gap_us * (source_count * 0.618 - (int)(source_count * 0.618));
    source_count++;
  }
  from_us = begin + (uint64_t)atoi(argv[2]) * 1000;
  to_us = from_us + (uint64_t)atoi(argv[3]) * 1000;

  receiver = socket(AF_INET, SOCK_DGRAM, 0);
  int room = 64 << 20;
  if (setsockopt(receiver, SOL_SOCKET, SO_RCVBUFFORCE, &room, sizeof room) != 0)
    setsockopt(receiver, SOL_SOCKET, SO_RCVBUF, &room, sizeof room);
  struct timeval patience = {0, 100000};
  setsockopt(receiver, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  struct sockaddr_in here = {.sin_family = AF_INET, .sin_port = htons(atoi(argv[1])), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  if (bind(receiver, (struct sockaddr *)&here, sizeof here) != 0) return perror("bind"), 1;
  int sender = socket(AF_INET, SOCK_DGRAM, 0);
  pthread_t thread;
  pthread_create(&thread, NULL, receive, NULL);
  send_all(sender);
  usleep(500000);
  /* What this process itself was too slow to read is no loss of the one that is measured. */
  uint32_t memory[9] = {0};
  socklen_t length = sizeof memory;
  getsockopt(receiver, SOL_SOCKET, 55 /* SO_MEMINFO */, memory, &length);
  done = 1;
  pthread_join(thread, NULL);
  printf("{\"sent\":%lu,\"expected\":%lu,\"received\":%lu,\"unread\":%u,\"behindUs\":%lu,\"p50Us\":%lu,\"p99Us\":%lu}\n", sent,
         expected, received, memory[8], behind_us, percentile(0.5), percentile(0.99));
  return 0;
}
