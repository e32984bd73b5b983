using System.Diagnostics;
using System.Net.Security;
using System.Security.Cryptography;

#pragma warning disable CA1802, CA5350, CA5351, CA5359, CA5394, CA1031, RS0030, SYSLIB0021 // The weaknesses are what the tests look for.

namespace SecurityToolchain.Scanning.Tests.Binaries;

/// <summary>Code with known weaknesses; the tests scan the assembly that holds it.</summary>
internal static class IlSamples
{
    private static readonly string ConnectionPassword = "Server=db;User Id=sa;Password=" + "hX7q" + "Lw2ZpT9;";

    public static byte[] WeakHash(byte[] data) => MD5.HashData(data);

    public static byte[] StrongHash(byte[] data) => SHA256.HashData(data);

    public static SymmetricAlgorithm WeakCipher() => TripleDES.Create();

    public static SslStream AcceptsAll(Stream stream) => new(stream, false, static (_, _, _, _) => true);

    public static HttpClientHandler AcceptsAllHttp() => new() { ServerCertificateCustomValidationCallback = static (_, _, _, _) => true };

    public static HttpClientHandler ChecksHttp() => new() { ServerCertificateCustomValidationCallback = static (_, _, _, errors) => errors == SslPolicyErrors.None };

    public static HttpClientHandler Dangerous() => new() { ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator };

    public static string CreateToken() => new Random().Next().ToString(System.Globalization.CultureInfo.InvariantCulture);

    public static int RollDice() => new Random().Next(6);

    public static void Concatenated(System.Data.IDbCommand command, string name) => command.CommandText = "select * from t where n = '" + name + "'";

    public static void Constant(System.Data.IDbCommand command) => command.CommandText = "select * from t";

    public static Process? Starts(string file) => Process.Start("sh", $"-c {file}");

    public static string Connection() => ConnectionPassword;
}
