using System.Runtime.InteropServices;

namespace SecurityToolchain.Runtime.Tests.Cryptography;

/// <summary>The reference implementation, as Debian packages it.</summary>
internal static unsafe partial class LibArgon2
{
    public static bool IsPresent { get; } = NativeLibrary.TryLoad("libargon2.so.1", out _);

    public static byte[] Hash(byte[] password, byte[] salt, int iterations, int memoryInKibibytes, int parallelism, int size)
    {
        byte[] output = new byte[size];
        fixed (byte* passwordBytes = password, saltBytes = salt, outputBytes = output)
        {
            Assert.Equal(0, argon2id_hash_raw(
                (uint)iterations, (uint)memoryInKibibytes, (uint)parallelism, passwordBytes, (nuint)password.Length, saltBytes, (nuint)salt.Length, outputBytes, (nuint)size));
        }

        return output;
    }

    [LibraryImport("libargon2.so.1")]
    private static partial int argon2id_hash_raw(
        uint iterations, uint memory, uint parallelism, byte* password, nuint passwordSize, byte* salt, nuint saltSize, byte* output, nuint outputSize);
}
