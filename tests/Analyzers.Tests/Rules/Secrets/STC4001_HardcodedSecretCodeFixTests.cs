using Microsoft.CodeAnalysis;
using SecurityToolchain.Analyzers.Rules.Secrets;
using SecurityToolchain.CodeFixes.Secrets;
using SecurityToolchain.Testing;

namespace SecurityToolchain.Analyzers.Tests.Rules.Secrets;

public sealed class STC4001_HardcodedSecretCodeFixTests
{
    private static readonly VerifierOptions s_withoutRuntime = new()
    {
        References = [.. TestReferences.All.Where(static reference => !Path.GetFileName(reference.Display!).StartsWith("SecurityToolchain.Runtime", StringComparison.Ordinal))],
    };

    [Fact]
    public Task WithRuntime_LooksUpInSecretProvider() => Verify("""
        using System;
        using System.Net;

        class Sample
        {
            private const string ApiKey = [|"a1b2c3d4e5f6"|];
            private readonly string _dbPassword = [|"hunter2"|];
            private readonly byte[] _encryptionKey = [|new byte[] { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16 }|];

            object M(string host)
            {
                const string clientSecret = [|"abcdef123456"|];
                Console.WriteLine(clientSecret + ApiKey);
                Console.WriteLine("Server=" + host + [|";User Id=sa;Password=hunter2;Encrypt=true"|]);
                Console.WriteLine([|"Server=db;User Id=sa;Password=hunter2"|]);
                return new NetworkCredential("me", [|"abc"|]);
            }

            bool Check(string password) => password == [|"admin123"|];
        }
        """, """
        using System;
        using System.Net;
        using SecurityToolchain.Runtime.Secrets;

        class Sample
        {
            private static readonly string ApiKey = SecretProvider.Default.GetRequired("API_KEY");
            private readonly string _dbPassword = SecretProvider.Default.GetRequired("DB_PASSWORD");
            private readonly byte[] _encryptionKey = SecretProvider.Default.GetRequiredBytes("ENCRYPTION_KEY");

            object M(string host)
            {
                string clientSecret = SecretProvider.Default.GetRequired("CLIENT_SECRET");
                Console.WriteLine(clientSecret + ApiKey);
                Console.WriteLine("Server=" + host + (";User Id=sa;Password=" + SecretProvider.Default.GetRequired("DB_PASSWORD") + ";Encrypt=true"));
                Console.WriteLine(SecretProvider.Default.GetRequired("CONNECTION_STRING"));
                return new NetworkCredential("me", SecretProvider.Default.GetRequired("PASSWORD"));
            }

            bool Check(string password) => password == SecretProvider.Default.GetRequired("PASSWORD");
        }
        """);

    [Fact]
    public Task WithoutRuntime_LooksUpInEnvironment() => Verify("""
        using System;

        class Sample
        {
            private const string ApiKey = [|"sk-1234567890abcdef"|];
            private readonly byte[] _aesKey = [|[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]|];

            string M(bool flag) => flag ? ApiKey : [|"sk-abcdef1234567890"|];
        }
        """, """
        using System;

        class Sample
        {
            private static readonly string ApiKey = Environment.GetEnvironmentVariable("API_KEY") ?? throw new InvalidOperationException("API_KEY is not set");
            private readonly byte[] _aesKey = Convert.FromBase64String(Environment.GetEnvironmentVariable("AES_KEY") ?? throw new InvalidOperationException("AES_KEY is not set"));

            string M(bool flag) => flag ? ApiKey : (Environment.GetEnvironmentVariable("SK_API_KEY_TOKEN") ?? throw new InvalidOperationException("SK_API_KEY_TOKEN is not set"));
        }
        """, s_withoutRuntime);

    [Fact]
    public Task WhereOnlyAConstantCanStand_OffersNothing() => CodeFixVerifier.VerifyNoFixAsync<HardcodedSecretAnalyzer, HardcodedSecretCodeFix>("""
        using System;

        class Sample
        {
            private const string Password = [|"hunter2"|];

            [Obsolete(Password)]
            void A(string password = [|"hunter2"|]) { }

            bool B(string password) => password is [|"admin123"|];

            bool C(string password)
            {
                switch (password)
                {
                    case [|"admin123"|]:
                        return true;
                    default:
                        return false;
                }
            }
        }
        """);

    private static Task Verify(string before, string after, VerifierOptions? options = null) =>
        CodeFixVerifier.VerifyAsync<HardcodedSecretAnalyzer, HardcodedSecretCodeFix>(before, after, options);
}
