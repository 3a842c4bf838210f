/*
 * The least that forwarding can cost: what comes in at one UDP port goes out COPIES times to another, unread. Beside the SFU in
 * `npm run bench:media` as the limit of this machine.
 *
 *   relay PORT TO_PORT COPIES
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#define BATCH 64

int main(int argc, char **argv) {
  if (argc != 4) return fprintf(stderr, "relay PORT TO_PORT COPIES\n"), 2;
  int copies = atoi(argv[3]);
  int in = socket(AF_INET, SOCK_DGRAM, 0);
  struct sockaddr_in here = {.sin_family = AF_INET, .sin_port = htons(atoi(argv[1])), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  struct sockaddr_in to = here;
  to.sin_port = htons(atoi(argv[2]));
  if (bind(in, (struct sockaddr *)&here, sizeof here) != 0) return perror("bind"), 1;
  static char data[1500];
  struct mmsghdr messages[BATCH];
  struct iovec part = {data, 0};
  memset(messages, 0, sizeof messages);
  for (int i = 0; i < BATCH; i++) {
    messages[i].msg_hdr.msg_name = &to;
    messages[i].msg_hdr.msg_namelen = sizeof to;
    messages[i].msg_hdr.msg_iov = &part;
    messages[i].msg_hdr.msg_iovlen = 1;
  }
  for (;;) {
    ssize_t length = recv(in, data, sizeof data, 0);
    if (length <= 0) continue;
    part.iov_len = length;
    for (int left = copies; left > 0;) {
      int did = sendmmsg(in, messages, left < BATCH ? left : BATCH, 0);
      left -= did > 0 ? did : 1;
    }
  }
}
