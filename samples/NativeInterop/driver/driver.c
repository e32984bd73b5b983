/* Drives the sample library as a hostile and as a careless caller would. Exit code 0 and the number of checks if all hold. */
#include "native_interop.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int checks;

#define CHECK(condition)                                                      \
    do {                                                                      \
        checks++;                                                             \
        if (!(condition)) {                                                   \
            fprintf(stderr, "line %d: %s does not hold\n", __LINE__, #condition); \
            exit(1);                                                          \
        }                                                                     \
    } while (0)

#define MIB (1024 * 1024)

static void strings(void) {
    char *result = (char *)1;
    CHECK(ni_process_string(NULL, 100, &result) == NI_NULL_POINTER && result == NULL);
    CHECK(ni_process_string("x", 100, NULL) == NI_NULL_POINTER);
    CHECK(ni_process_string("", 100, &result) == NI_OK && strcmp(result, "") == 0);
    CHECK(ni_free_string(result) == NI_OK);
    CHECK(ni_process_string("stra\xc3\x9f" "e \xe2\x82\xac", 100, &result) == NI_OK && strcmp(result, "STRA\xc3\x9f" "E \xe2\x82\xac") == 0);
    CHECK(ni_free_string(result) == NI_OK);
    CHECK(ni_free_string(result) == NI_NOT_OUR_MEMORY);
    CHECK(ni_free_string(NULL) == NI_OK);
    char *foreign = malloc(16);
    CHECK(ni_free_string(foreign) == NI_NOT_OUR_MEMORY);
    free(foreign);

    const char *invalid[] = {"\x80", "\xff", "\xc0\xaf", "\xe0\x80\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80", "ok\xc3"};
    for (size_t i = 0; i < sizeof invalid / sizeof *invalid; i++)
        CHECK(ni_process_string(invalid[i], 100, &result) == NI_INVALID_UTF8 && result == NULL);

    /* The limit is exact, and not one byte behind the zero byte or the limit is read: valgrind would tell. */
    char *exact = malloc(4);
    memcpy(exact, "abcd", 4);
    CHECK(ni_process_string(exact, 3, &result) == NI_TOO_LONG && result == NULL);
    exact[3] = 0;
    CHECK(ni_process_string(exact, 3, &result) == NI_OK && strcmp(result, "ABC") == 0);
    CHECK(ni_free_string(result) == NI_OK);
    free(exact);
    char inner[] = "ab\0cd";
    CHECK(ni_process_string(inner, 100, &result) == NI_OK && strcmp(result, "AB") == 0);
    CHECK(ni_free_string(result) == NI_OK);
    CHECK(ni_process_string("x", -1, &result) == NI_INVALID_ARGUMENT);
    CHECK(ni_process_string("x", 16 * MIB + 1, &result) == NI_INVALID_ARGUMENT);

    char *large = malloc(16 * MIB + 2);
    memset(large, 'a', 16 * MIB + 1);
    large[16 * MIB + 1] = 0;
    CHECK(ni_process_string(large, 16 * MIB, &result) == NI_TOO_LONG);
    large[16 * MIB] = 0;
    CHECK(ni_process_string(large, 16 * MIB, &result) == NI_OK && strlen(result) == 16 * MIB && result[12345] == 'A');
    CHECK(ni_free_string(result) == NI_OK);
    free(large);
}

static void processors(void) {
    uint8_t output[64];
    CHECK(ni_processor_create(0) == NI_INVALID_ARGUMENT);
    CHECK(ni_processor_create(-5) == NI_INVALID_ARGUMENT);
    int64_t handle = ni_processor_create(16);
    CHECK(handle > 0);
    uint8_t data[17];
    for (int i = 0; i < 17; i++)
        data[i] = (uint8_t)(250 + i);
    CHECK(ni_processor_process(handle, data, 16, output, sizeof output) == 16);
    CHECK(output[0] == 251 && output[5] == 0 && output[6] == 1 && output[15] == 10);
    CHECK(ni_processor_process(handle, data, 17, output, sizeof output) == NI_TOO_LONG);
    CHECK(ni_processor_process(handle, data, 0, output, sizeof output) == NI_INVALID_ARGUMENT);
    CHECK(ni_processor_process(handle, data, -1, output, sizeof output) == NI_INVALID_ARGUMENT);
    CHECK(ni_processor_process(handle, data, INT64_MAX, output, sizeof output) == NI_TOO_LONG);
    CHECK(ni_processor_process(handle, data, 16, output, 15) == NI_BUFFER_TOO_SMALL);
    CHECK(ni_processor_process(handle, NULL, 16, output, sizeof output) == NI_NULL_POINTER);
    CHECK(ni_processor_process(handle, data, 16, NULL, sizeof output) == NI_NULL_POINTER);
    CHECK(ni_processor_process(handle + 1, data, 16, output, sizeof output) == NI_UNKNOWN_HANDLE);
    CHECK(ni_processor_process(0, data, 16, output, sizeof output) == NI_UNKNOWN_HANDLE);
    CHECK(ni_processor_process(INT64_MIN, data, 16, output, sizeof output) == NI_UNKNOWN_HANDLE);
    CHECK(ni_processor_destroy(handle) == NI_OK);
    CHECK(ni_processor_destroy(handle) == NI_UNKNOWN_HANDLE);
    CHECK(ni_processor_process(handle, data, 16, output, sizeof output) == NI_UNKNOWN_HANDLE);

    int64_t many[64];
    for (int i = 0; i < 64; i++)
        CHECK((many[i] = ni_processor_create(1)) > handle);
    CHECK(ni_processor_create(1) == NI_FULL);
    for (int i = 0; i < 64; i++)
        CHECK(ni_processor_destroy(many[i]) == NI_OK);
}

static void *hammer(void *argument) {
    (void)argument;
    for (int i = 0; i < 200; i++) {
        int64_t handle = ni_connection_add("db.example.com", 1 + i);
        if (handle <= 0 || ni_connection_remove(handle) != NI_OK || ni_connection_remove(handle) != NI_UNKNOWN_HANDLE)
            return argument;
    }
    return NULL;
}

static void connections(void) {
    const char *bad[] = {"", "-a.example", "a_b", "a..b", "1.2.3", "0x7f.1", "host name", "fe80::1%eth0", "\xff"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        CHECK(ni_connection_add(bad[i], 443) < 0);
    CHECK(ni_connection_add(NULL, 443) == NI_NULL_POINTER);
    CHECK(ni_connection_add("a.example", 0) == NI_INVALID_ARGUMENT);
    CHECK(ni_connection_add("a.example", 65536) == NI_INVALID_ARGUMENT);
    CHECK(ni_connection_count() == 0);
    int64_t last = 0;
    for (int i = 0; i < 1024; i++) {
        int64_t handle = ni_connection_add("2001:db8::1", 1 + i);
        CHECK(handle > last);
        last = handle;
    }
    CHECK(ni_connection_add("a.example", 1) == NI_FULL);
    CHECK(ni_connection_count() == 1024);
    for (int64_t handle = last - 1023; handle <= last; handle++)
        CHECK(ni_connection_remove(handle) == NI_OK);
    CHECK(ni_connection_count() == 0);

    pthread_t threads[8];
    for (int i = 0; i < 8; i++)
        CHECK(pthread_create(&threads[i], NULL, hammer, &checks) == 0);
    for (int i = 0; i < 8; i++) {
        void *failed;
        CHECK(pthread_join(threads[i], &failed) == 0 && failed == NULL);
    }
    CHECK(ni_connection_count() == 0);
}

int main(void) {
    strings();
    processors();
    connections();
    printf("%d checks hold\n", checks);
    return 0;
}
