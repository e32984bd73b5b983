using System.Data;
using System.Diagnostics;
using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography;
using System.Text;

#pragma warning disable CA1802, CA1823, CA1861, CA2100, CA3001, CA3006, CA5350, CA5351, CA5358, CA5359, CA5390, CA5394, CA5401, CA1031, RS0030, SYSLIB0021, SYSLIB0045, IDE0052, CA5403, CA1822, CA1812, CA1305, CA1834 // The weaknesses are what the tests look for.

namespace SecurityToolchain.Scanning.Tests.Binaries;

/// <summary>Code whose weaknesses show only when values are followed; the tests scan the assembly that holds it. A name that starts with Safe has none.</summary>
internal sealed class IlFlowSamples
{
    private static readonly byte[] FixedIv = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16];

    private static readonly byte[] LaterFilled = new byte[12];

    private static readonly string Table = "users";

    private string? _resetToken;

    public string? ResetToken { get; private set; }

    public int TokenIndex { get; private set; }

    public string? Field => _resetToken;

    // STC2005
    public static void NonceZeros(AesGcm aes, byte[] plain, byte[] cipher, byte[] tag) => aes.Encrypt(new byte[12], plain, cipher, tag);

    public static void NonceLiteral(AesGcm aes, byte[] plain, byte[] cipher, byte[] tag)
    {
        byte[] nonce = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
        aes.Encrypt(nonce, plain, cipher, tag);
    }

    public static void NonceUtf8(ChaCha20Poly1305 cipher, byte[] plain, byte[] output, byte[] tag) => cipher.Encrypt("abcdefghijkl"u8, plain, output, tag);

    public static void NonceStack(AesCcm aes, ReadOnlySpan<byte> plain, Span<byte> cipher, Span<byte> tag)
    {
        Span<byte> nonce = stackalloc byte[12];
        aes.Encrypt(nonce, plain, cipher, tag);
    }

    public static byte[] IvField(Aes aes, byte[] plain)
    {
        aes.IV = FixedIv;
        return aes.EncryptCbc(plain, FixedIv);
    }

    public static ICryptoTransform IvText(Aes aes, byte[] key) => aes.CreateEncryptor(key, Encoding.UTF8.GetBytes("0123456789abcdef"));

    public static void IvBase64(Aes aes) => aes.IV = Convert.FromBase64String("AAECAwQFBgcICQoLDA0ODw==");

    public static void SafeNonceFilled(AesGcm aes, byte[] plain, byte[] cipher, byte[] tag)
    {
        byte[] nonce = new byte[12];
        RandomNumberGenerator.Fill(nonce);
        aes.Encrypt(nonce, plain, cipher, tag);
    }

    public static void SafeNonceFilledAsSpan(AesGcm aes, byte[] plain, byte[] cipher, byte[] tag)
    {
        Span<byte> nonce = stackalloc byte[12];
        RandomNumberGenerator.Fill(nonce);
        aes.Encrypt(nonce, plain, cipher, tag);
    }

    public static void SafeNonceCounted(AesGcm aes, byte[][] messages, byte[] cipher, byte[] tag)
    {
        byte[] nonce = new byte[12];
        foreach (byte[] message in messages)
        {
            aes.Encrypt(nonce, message, cipher, tag);
            nonce[0]++;
        }
    }

    public static void SafeNonceStatic(AesGcm aes, byte[] plain, byte[] cipher, byte[] tag) => aes.Encrypt(LaterFilled, plain, cipher, tag);

    public static void FillLater() => RandomNumberGenerator.Fill(LaterFilled);

    public static void SafeNonceParameter(AesGcm aes, byte[] nonce, byte[] plain, byte[] cipher, byte[] tag) => aes.Encrypt(nonce, plain, cipher, tag);

    public static void SafeDecrypt(AesGcm aes, byte[] plain, byte[] cipher, byte[] tag) => aes.Decrypt(new byte[12], cipher, tag, plain);

    public static void SafeIvCopied(Aes aes, byte[] message)
    {
        byte[] iv = new byte[16];
        Buffer.BlockCopy(message, 0, iv, 0, 16);
        aes.IV = iv;
    }

    // STC4001
    public static AesGcm KeyLiteral() => new(new byte[] { 7, 1, 7, 3, 9, 4, 8, 2, 6, 5, 1, 4, 2, 8, 5, 7 }, 16);

    public static byte[] KeyText(byte[] data) => HMACSHA256.HashData(Encoding.UTF8.GetBytes("not much of a key"), data);

    public static AesGcm SafeKeyGenerated() => new(RandomNumberGenerator.GetBytes(32), 16);

    public static AesGcm SafeKeyDerived(byte[] secret)
    {
        byte[] key = new byte[32];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, key, [], []);
        return new AesGcm(key, 16);
    }

    // STC2008
    public static byte[] KeyWeak(Aes aes)
    {
        byte[] key = new byte[32];
        new Random(1).NextBytes(key);
        aes.Key = key;
        return key;
    }

    public static void NonceWeak(AesGcm aes, byte[] plain, byte[] cipher, byte[] tag)
    {
        byte[] nonce = new byte[12];
        Random.Shared.NextBytes(nonce);
        aes.Encrypt(nonce, plain, cipher, tag);
    }

    public void PropertyWeak() => ResetToken = Random.Shared.Next(100000, 999999).ToString(CultureInfo.InvariantCulture);

    public void FieldWeak()
    {
        var random = new Random();
        var text = new StringBuilder();
        for (int i = 0; i < 20; i++)
            text.Append("abcdefghijklmnop"[random.Next(16)]);
        _resetToken = text.ToString();
    }

    public static string NewPassword(Random random)
    {
        char[] text = new char[12];
        for (int i = 0; i < text.Length; i++)
            text[i] = (char)('a' + random.Next(26));
        return new string(text);
    }

    public void SafeIndex() => TokenIndex = Random.Shared.Next(10);

    public static string SafeShuffledToken(string token) => token + (Random.Shared.Next(2) == 0 ? "" : " ");

    public static int SafeDelay() => Random.Shared.Next(100);

    // STC2003, STC2001, STC2002
    public static void EcbMode(Aes aes) => aes.Mode = CipherMode.ECB;

    public static byte[] EcbCall(Aes aes, byte[] plain) => aes.EncryptEcb(plain, PaddingMode.PKCS7);

    public static void SafeMode(Aes aes) => aes.Mode = CipherMode.CBC;

    public static object? HashByName() => CryptoConfig.CreateFromName("MD5");

    public static object? CipherByName() => CryptoConfig.CreateFromName("TripleDES");

    public static object? SafeByName() => CryptoConfig.CreateFromName("SHA256");

    // STC1001
    public static void SqlLocal(IDbCommand command, string name)
    {
        string text = "select * from u where n = '";
        text += name;
        command.CommandText = text + "'";
    }

    public static void SqlInterpolated(IDbCommand command, string name) => command.CommandText = $"select * from u where n = '{name}'";

    public static void SqlFormat(IDbCommand command, string name) => command.CommandText = string.Format(CultureInfo.InvariantCulture, "select * from u where n = '{0}'", name);

    public static void SqlBuilder(IDbCommand command, string[] names)
    {
        var text = new StringBuilder("select * from u where 1 = 1");
        foreach (string name in names)
            text.Append(" or n = '").Append(name).Append('\'');
        command.CommandText = text.ToString();
    }

    public static void SqlBranch(IDbCommand command, string? name)
    {
        string text = "select * from u";
        if (name is not null)
            text += " where n = '" + name + "'";
        command.CommandText = text;
    }

    public static void SafeSqlConstantBranch(IDbCommand command, bool all) => command.CommandText = "select * from u" + (all ? "" : " limit 10");

    public static void SafeSqlNumber(IDbCommand command, int id) => command.CommandText = $"select * from u where id = {id}";

    public static void SafeSqlNumberText(IDbCommand command, int id) => command.CommandText = "select * from u where id = " + id.ToString(CultureInfo.InvariantCulture);

    public static void SafeSqlTable(IDbCommand command) => command.CommandText = "select * from " + Table;

    public static void SafeSqlParameter(IDbCommand command, string text) => command.CommandText = text;

    public static string SafeOtherJoin(IDbCommand command, string name)
    {
        string shown = "for " + name;
        command.CommandText = "select 1";
        return shown;
    }

    public static void SafeSqlCount(IDbCommand command, string[] names)
    {
        string marks = "?";
        for (int i = 1; i < names.Length; i++)
            marks += ",?";
        command.CommandText = "select * from u where n in (" + marks + ")";
    }

    // STC1003
    public static void CommandProperty(string file)
    {
        var start = new ProcessStartInfo("tar") { Arguments = "-xf " + file };
        Process.Start(start);
    }

    public static void SafeCommandNumber(int id) => Process.Start("kill", $"-9 {id}");

    public static void SafeCommandPath(string folder) => Process.Start(folder + "/tool", "--version");

    // STC2101
    public static SslStream CallbackArgument(Stream stream) => new(stream, false, static (_, _, _, _) => true);

    public static SslClientAuthenticationOptions CallbackBlock() => new()
    {
        RemoteCertificateValidationCallback = static (_, certificate, _, errors) =>
        {
            if (errors != SslPolicyErrors.None)
                Trace.WriteLine(certificate?.Subject);
            return true;
        },
    };

    public static SslStream SafeCallback(Stream stream) => new(stream, false, static (_, _, _, errors) => errors == SslPolicyErrors.None);

    public static Func<int, bool> SafeOtherCallback() => static _ => true;
}
