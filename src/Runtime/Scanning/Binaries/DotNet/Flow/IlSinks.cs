namespace SecurityToolchain.Scanning.Binaries.DotNet.Flow;

/// <summary>The members whose arguments matter.</summary>
internal static class IlSinks
{
    private const string Cryptography = "System.Security.Cryptography.";

    /// <summary>What a call does, and with which argument; the object of a call counts as the first.</summary>
    /// <param name="type">The declaring type.</param>
    /// <param name="member">The member.</param>
    /// <param name="arguments">The number of arguments, with the object when there is one.</param>
    /// <param name="creates">Whether an object is created.</param>
    public static (IlSinkKind Kind, int Argument) Find(string type, string member, int arguments, bool creates)
    {
        if (type.StartsWith(Cryptography, StringComparison.Ordinal))
            return FindCryptography(type[Cryptography.Length..], member, arguments, creates);
        return member switch
        {
            "set_CommandText" => (IlSinkKind.Sql, 1),
            ".ctor" when creates && arguments >= 1 && IsSqlType(type) => (IlSinkKind.Sql, 0),
            "FromSqlRaw" or "ExecuteSqlRaw" or "ExecuteSqlRawAsync" or "SqlQueryRaw" or "FromSql" or "ExecuteSqlCommand" or "ExecuteSqlCommandAsync" when type.StartsWith("Microsoft.EntityFrameworkCore.", StringComparison.Ordinal) || type.StartsWith("System.Data.Entity.", StringComparison.Ordinal) => (IlSinkKind.Sql, 1),
            _ when type == "Dapper.SqlMapper" && (member.StartsWith("Query", StringComparison.Ordinal) || member.StartsWith("Execute", StringComparison.Ordinal)) => (IlSinkKind.Sql, 1),
            ".ctor" when creates && type == "Dapper.CommandDefinition" => (IlSinkKind.Sql, 0),
            "CreateSQLQuery" when type.StartsWith("NHibernate.", StringComparison.Ordinal) => (IlSinkKind.Sql, 1),
            "set_Arguments" when type == "System.Diagnostics.ProcessStartInfo" => (IlSinkKind.CommandLine, 1),
            ".ctor" when creates && type == "System.Diagnostics.ProcessStartInfo" && arguments == 2 => (IlSinkKind.CommandLine, 1),
            "Start" when type == "System.Diagnostics.Process" && arguments == 2 => (IlSinkKind.CommandLine, 1),
            ".ctor" when creates && type == "Microsoft.IdentityModel.Tokens.SymmetricSecurityKey" => (IlSinkKind.Key, 0),
            "set_TypeNameHandling" when type.StartsWith("Newtonsoft.Json.", StringComparison.Ordinal) => (IlSinkKind.TypeNames, 1),
            _ => (IlSinkKind.None, 0),
        };
    }

    private static (IlSinkKind Kind, int Argument) FindCryptography(string type, string member, int arguments, bool creates)
    {
        bool aead = type is "AesGcm" or "AesCcm" or "ChaCha20Poly1305";
        return member switch
        {
            "Encrypt" when aead => (IlSinkKind.Nonce, 1),
            "set_IV" => (IlSinkKind.Nonce, 1),
            "CreateEncryptor" when arguments == 3 => (IlSinkKind.Nonce, 2),
            "EncryptCbc" or "EncryptCfb" or "TryEncryptCbc" or "TryEncryptCfb" => (IlSinkKind.Nonce, 2),
            "set_Key" => (IlSinkKind.Key, 1),
            ".ctor" when creates && arguments >= 1 && (aead || type.StartsWith("HMAC", StringComparison.Ordinal)) => (IlSinkKind.Key, 0),
            "HashData" when type.StartsWith("HMAC", StringComparison.Ordinal) => (IlSinkKind.Key, 0),
            "set_Mode" => (IlSinkKind.CipherMode, 1),
            "EncryptEcb" or "DecryptEcb" or "TryEncryptEcb" or "TryDecryptEcb" => (IlSinkKind.CipherMode, -1),
            "Create" when type is "HashAlgorithm" or "SymmetricAlgorithm" && arguments == 1 => (IlSinkKind.AlgorithmName, 0),
            "CreateFromName" when type == "CryptoConfig" => (IlSinkKind.AlgorithmName, 0),
            _ => (IlSinkKind.None, 0),
        };
    }

    /// <summary>Whether a method with a call of this member is worth following.</summary>
    public static bool NeedsFlow(string type, string member) =>
        (type == "System.Random" && member.StartsWith("Next", StringComparison.Ordinal)) || Find(type, member, 1, true).Kind != IlSinkKind.None || Find(type, member, 2, true).Kind != IlSinkKind.None || Find(type, member, 3, false).Kind != IlSinkKind.None;

    private static bool IsSqlType(string type) =>
        (type.EndsWith("Command", StringComparison.Ordinal) || type.EndsWith("DataAdapter", StringComparison.Ordinal))
        && (type.Contains("Sql", StringComparison.Ordinal) || type.Contains("OleDb", StringComparison.Ordinal) || type.Contains("Odbc", StringComparison.Ordinal) || type.Contains("Oracle", StringComparison.Ordinal));
}
