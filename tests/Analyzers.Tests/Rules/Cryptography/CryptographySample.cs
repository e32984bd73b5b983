namespace SecurityToolchain.Analyzers.Tests.Rules.Cryptography;

/// <summary>The method around the statements of the tests of cryptography rules.</summary>
internal static class CryptographySample
{
    /// <summary>A compilable file whose one method runs the statements, with a cipher, data, keys and texts for parameters.</summary>
    public static string Method(string body) => $$"""
        using System;
        using System.Linq;
        using System.Security.Cryptography;
        using System.Text;

        class Sample
        {
            void Run(Aes aes, RSA rsa, byte[] data, byte[] key, byte[] salt, string text, string other, string apiKey, string passwordHash)
            {
                {{body}}
            }
        }
        """;
}
