/* The functions of the sample library. All are safe to call from several threads; none throws, none keeps a pointer. */
#ifndef NATIVE_INTEROP_H
#define NATIVE_INTEROP_H

#include <stdint.h>

#define NI_OK 0
#define NI_NULL_POINTER (-1)
#define NI_TOO_LONG (-2)
#define NI_INVALID_UTF8 (-3)
#define NI_NOT_OUR_MEMORY (-4)
#define NI_UNKNOWN_HANDLE (-5)
#define NI_INVALID_ARGUMENT (-6)
#define NI_FULL (-7)
#define NI_BUFFER_TOO_SMALL (-8)
#define NI_INTERNAL (-99)

/* max_size: bytes after which the scan for the zero byte stops, at most 16 MiB. *result is freed with ni_free_string. */
int32_t ni_process_string(const char *text, int64_t max_size, char **result);
int32_t ni_free_string(char *text);

/* Handles are greater than 0; a negative number is an error. */
int64_t ni_processor_create(int32_t max_size);
int64_t ni_processor_process(int64_t handle, const uint8_t *data, int64_t size, uint8_t *output, int64_t capacity);
int32_t ni_processor_destroy(int64_t handle);

int64_t ni_connection_add(const char *host, int32_t port);
int32_t ni_connection_remove(int64_t handle);
int32_t ni_connection_count(void);

#endif
