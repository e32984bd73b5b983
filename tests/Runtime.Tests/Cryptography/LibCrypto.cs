using System.Runtime.InteropServices;
using SecurityToolchain.Runtime.Cryptography;

namespace SecurityToolchain.Runtime.Tests.Cryptography;

/// <summary>Authenticated decryption by OpenSSL's EVP interface, as a program in C would do it.</summary>
internal static unsafe partial class LibCrypto
{
    private const int ControlSetTag = 0x11;

    public static bool IsPresent { get; } = NativeLibrary.TryLoad("libcrypto.so.3", out _);

    /// <summary>Returns the plaintext, or null if the tag does not match.</summary>
    public static byte[]? Decrypt(AeadAlgorithm algorithm, byte[] key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> ciphertext, ReadOnlySpan<byte> tag, ReadOnlySpan<byte> associatedData)
    {
        nint context = EVP_CIPHER_CTX_new();
        byte[] plaintext = new byte[ciphertext.Length + 16];
        try
        {
            fixed (byte* keyBytes = key, nonceBytes = nonce, input = ciphertext, tagBytes = tag, bound = associatedData, output = plaintext)
            {
                Assert.Equal(1, EVP_DecryptInit_ex(context, algorithm == AeadAlgorithm.Aes256Gcm ? EVP_aes_256_gcm() : EVP_chacha20_poly1305(), 0, keyBytes, nonceBytes));
                if (associatedData.Length > 0)
                    Assert.Equal(1, EVP_DecryptUpdate(context, null, out _, bound, associatedData.Length));
                int length = 0;
                if (ciphertext.Length > 0)
                    Assert.Equal(1, EVP_DecryptUpdate(context, output, out length, input, ciphertext.Length));
                Assert.Equal(1, EVP_CIPHER_CTX_ctrl(context, ControlSetTag, tag.Length, tagBytes));
                return EVP_DecryptFinal_ex(context, output + length, out _) == 1 ? plaintext[..length] : null;
            }
        }
        finally
        {
            EVP_CIPHER_CTX_free(context);
        }
    }

    [LibraryImport("libcrypto.so.3")]
    private static partial nint EVP_CIPHER_CTX_new();

    [LibraryImport("libcrypto.so.3")]
    private static partial void EVP_CIPHER_CTX_free(nint context);

    [LibraryImport("libcrypto.so.3")]
    private static partial nint EVP_aes_256_gcm();

    [LibraryImport("libcrypto.so.3")]
    private static partial nint EVP_chacha20_poly1305();

    [LibraryImport("libcrypto.so.3")]
    private static partial int EVP_DecryptInit_ex(nint context, nint cipher, nint engine, byte* key, byte* nonce);

    [LibraryImport("libcrypto.so.3")]
    private static partial int EVP_DecryptUpdate(nint context, byte* output, out int written, byte* input, int length);

    [LibraryImport("libcrypto.so.3")]
    private static partial int EVP_CIPHER_CTX_ctrl(nint context, int command, int argument, byte* pointer);

    [LibraryImport("libcrypto.so.3")]
    private static partial int EVP_DecryptFinal_ex(nint context, byte* output, out int written);
}
