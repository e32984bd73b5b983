using System.Collections.Immutable;
using SecurityToolchain.Analyzers.Taint.Model;
using static SecurityToolchain.Analyzers.Taint.Model.Sink;
using static SecurityToolchain.Analyzers.Taint.Model.SinkKinds;

namespace SecurityToolchain.Analyzers.Taint.Sinks;

/// <summary>Members that take a password, a token or another credential (CWE-798, CWE-259), by library.</summary>
internal static class CredentialSinks
{
    /// <summary>Of the framework. Source: .NET API reference.</summary>
    public static readonly ImmutableArray<Sink> Framework = ImmutableArray.Create(
        ConstructorParameter(Credential, "System.Net.NetworkCredential", "password"),
        Property(Credential, "System.Net.NetworkCredential", "Password"),
        Property(Credential, "System.Net.NetworkCredential", "SecurePassword"),
        ConstructorParameter(Credential, "System.Net.Http.Headers.AuthenticationHeaderValue", "parameter"),
        Parameter(Credential, "System.Security.SecureString", "AppendChar", "c"),
        Parameter(Credential, "System.Security.SecureString", "InsertAt", "c"),
        Parameter(Credential, "System.Security.SecureString", "SetAt", "c"),
        ConstructorParameter(Credential, "System.Security.SecureString", "value"),
        ConstructorParameter(Credential, "System.Security.Cryptography.X509Certificates.X509Certificate2", "password"),
        ConstructorParameter(Credential, "System.Security.Cryptography.X509Certificates.X509Certificate", "password"),
        Parameter(Credential, "System.Security.Cryptography.X509Certificates.X509Certificate2Collection", "Import", "password"),
        Parameter(Credential, "System.Security.Cryptography.X509Certificates.X509CertificateLoader", ModelRow.AnyMember, "password"),
        Parameter(Credential, "System.Security.Cryptography.X509Certificates.X509Certificate2", "CreateFromEncryptedPem", "password"),
        Parameter(Credential, "System.Security.Cryptography.X509Certificates.X509Certificate2", "CreateFromEncryptedPemFile", "password"),
        Parameter(Credential, "System.Security.Cryptography.X509Certificates.X509Certificate", "Export", "password", includeImplementations: true),
        Parameter(Credential, "System.Security.Cryptography.AsymmetricAlgorithm", "ImportFromEncryptedPem", "password", includeImplementations: true),
        Parameter(Credential, "System.Security.Cryptography.AsymmetricAlgorithm", "ImportEncryptedPkcs8PrivateKey", "password", includeImplementations: true),
        Parameter(Credential, "System.Security.Cryptography.AsymmetricAlgorithm", "ImportEncryptedPkcs8PrivateKey", "passwordBytes", includeImplementations: true),
        Parameter(Credential, "System.Security.Cryptography.AsymmetricAlgorithm", "ExportEncryptedPkcs8PrivateKey", "password", includeImplementations: true),
        ConstructorParameter(Credential, "System.Security.Cryptography.Rfc2898DeriveBytes", "password"),
        Parameter(Credential, "System.Security.Cryptography.Rfc2898DeriveBytes", "Pbkdf2", "password"),
        ConstructorParameter(Credential, "System.Security.Cryptography.PasswordDeriveBytes", "strPassword"),
        ConstructorParameter(Credential, "System.Security.Cryptography.PasswordDeriveBytes", "password"),
        Parameter(Credential, "Microsoft.AspNetCore.Cryptography.KeyDerivation.KeyDerivation", "Pbkdf2", "password"),
        Property(Credential, "System.Diagnostics.ProcessStartInfo", "Password"),
        Property(Credential, "System.Diagnostics.ProcessStartInfo", "PasswordInClearText"),
        ConstructorParameter(Credential, "System.DirectoryServices.DirectoryEntry", "password"),
        ConstructorParameter(Credential, "System.DirectoryServices.AccountManagement.PrincipalContext", "password"),
        Parameter(Credential, "System.DirectoryServices.AccountManagement.PrincipalContext", "ValidateCredentials", "password"),
        Property(Credential, "System.ServiceModel.Security.UserNamePasswordClientCredential", "Password"),
        Property(Credential, "System.UriBuilder", "Password"));

    /// <summary>Of ASP.NET Core and its identity. Source: ASP.NET Core API reference.</summary>
    public static readonly ImmutableArray<Sink> AspNetCore = ImmutableArray.Create(
        Parameter(Credential, "Microsoft.AspNetCore.Identity.UserManager`1", "CreateAsync", "password"),
        Parameter(Credential, "Microsoft.AspNetCore.Identity.UserManager`1", "AddPasswordAsync", "password"),
        Parameter(Credential, "Microsoft.AspNetCore.Identity.UserManager`1", "ResetPasswordAsync", "newPassword"),
        Parameter(Credential, "Microsoft.AspNetCore.Identity.SignInManager`1", "PasswordSignInAsync", "password"),
        Parameter(Credential, "Microsoft.AspNetCore.Identity.IPasswordHasher`1", "HashPassword", "password", includeImplementations: true),
        Property(Credential, "Microsoft.AspNetCore.Authentication.OAuth.OAuthOptions", "ClientSecret", includeImplementations: true),
        Property(Credential, "Microsoft.AspNetCore.Authentication.OpenIdConnect.OpenIdConnectOptions", "ClientSecret"),
        Property(Credential, "Microsoft.AspNetCore.Authentication.Twitter.TwitterOptions", "ConsumerSecret"),
        Parameter(Credential, "Microsoft.AspNetCore.Hosting.ListenOptionsHttpsExtensions", "UseHttps", "password"));

    /// <summary>Of data and message stores. Source: each driver's API reference.</summary>
    public static readonly ImmutableArray<Sink> Stores = ImmutableArray.Create(
        ConstructorParameter(Credential, "Microsoft.Data.SqlClient.SqlCredential", "password"),
        Property(Credential, "System.Data.SqlClient.SqlConnectionStringBuilder", "Password"),
        Property(Credential, "Microsoft.Data.SqlClient.SqlConnectionStringBuilder", "Password"),
        Property(Credential, "Microsoft.Data.Sqlite.SqliteConnectionStringBuilder", "Password"),
        Property(Credential, "Npgsql.NpgsqlConnectionStringBuilder", "Password"),
        Property(Credential, "MySqlConnector.MySqlConnectionStringBuilder", "Password"),
        Property(Credential, "MySql.Data.MySqlClient.MySqlConnectionStringBuilder", "Password"),
        Property(Credential, "Oracle.ManagedDataAccess.Client.OracleConnectionStringBuilder", "Password"),
        Parameter(Credential, "MongoDB.Driver.MongoCredential", ModelRow.AnyMember, "password"),
        Property(Credential, "StackExchange.Redis.ConfigurationOptions", "Password"),
        Property(Credential, "RabbitMQ.Client.ConnectionFactory", "Password"),
        ConstructorParameter(Credential, "Microsoft.Azure.Cosmos.CosmosClient", "authKeyOrResourceToken"),
        ConstructorParameter(Credential, "Elastic.Transport.BasicAuthentication", "password"),
        ConstructorParameter(Credential, "Elastic.Transport.ApiKey", "key"));

    /// <summary>Of cloud and service clients. Source: each client's API reference.</summary>
    public static readonly ImmutableArray<Sink> Services = ImmutableArray.Create(
        ConstructorParameter(Credential, "Azure.AzureKeyCredential", "key"),
        ConstructorParameter(Credential, "Azure.AzureNamedKeyCredential", "key"),
        ConstructorParameter(Credential, "Azure.AzureSasCredential", "signature"),
        ConstructorParameter(Credential, "Azure.Storage.StorageSharedKeyCredential", "accountKey"),
        ConstructorParameter(Credential, "Azure.Identity.ClientSecretCredential", "clientSecret"),
        ConstructorParameter(Credential, "Azure.Identity.UsernamePasswordCredential", "password"),
        ConstructorParameter(Credential, "System.ClientModel.ApiKeyCredential", "key"),
        Parameter(Credential, "Microsoft.Identity.Client.ConfidentialClientApplicationBuilder", "WithClientSecret", "clientSecret"),
        Parameter(Credential, "Microsoft.Identity.Client.IByUsernameAndPassword", "AcquireTokenByUsernamePassword", "password"),
        Parameter(Credential, "Microsoft.Identity.Client.PublicClientApplication", "AcquireTokenByUsernamePassword", "password"),
        ConstructorParameter(Credential, "Amazon.Runtime.BasicAWSCredentials", "secretKey"),
        ConstructorParameter(Credential, "Amazon.Runtime.SessionAWSCredentials", "awsSecretAccessKey"),
        ConstructorParameter(Credential, "Amazon.Runtime.SessionAWSCredentials", "token"),
        ConstructorParameter(Credential, "Renci.SshNet.PasswordAuthenticationMethod", "password"),
        ConstructorParameter(Credential, "Renci.SshNet.PasswordConnectionInfo", "password", includeImplementations: true),
        ConstructorParameter(Credential, "Renci.SshNet.BaseClient", "password", includeImplementations: true),
        ConstructorParameter(Credential, "Renci.SshNet.PrivateKeyFile", "passPhrase"),
        Parameter(Credential, "MailKit.IMailService", "Authenticate", "password", includeImplementations: true),
        Parameter(Credential, "MailKit.IMailService", "AuthenticateAsync", "password", includeImplementations: true),
        ConstructorParameter(Credential, "FluentFTP.FtpClient", "pass"),
        ConstructorParameter(Credential, "FluentFTP.AsyncFtpClient", "pass"),
        ConstructorParameter(Credential, "Octokit.Credentials", "token"),
        ConstructorParameter(Credential, "Octokit.Credentials", "password"),
        Parameter(Credential, "Twilio.TwilioClient", "Init", "password"),
        ConstructorParameter(Credential, "SendGrid.SendGridClient", "apiKey"),
        Property(Credential, "Stripe.StripeConfiguration", "ApiKey"),
        ConstructorParameter(Credential, "Stripe.StripeClient", "apiKey"),
        ConstructorParameter(Credential, "Telegram.Bot.TelegramBotClient", "token"),
        Parameter(Credential, "Discord.Rest.BaseDiscordClient", "LoginAsync", "token", includeImplementations: true),
        ConstructorParameter(Credential, "RestSharp.Authenticators.HttpBasicAuthenticator", "password"),
        ConstructorParameter(Credential, "RestSharp.Authenticators.JwtAuthenticator", "accessToken"),
        Parameter(Credential, "System.Net.Http.HttpClientExtensions", "SetBearerToken", "token"),
        Property(Credential, "ICSharpCode.SharpZipLib.Zip.ZipFile", "Password"),
        Property(Credential, "ICSharpCode.SharpZipLib.Zip.ZipOutputStream", "Password"),
        Property(Credential, "ICSharpCode.SharpZipLib.Zip.ZipInputStream", "Password"));

    /// <summary>Cryptographic keys (CWE-321). Source: .NET API reference, Microsoft.IdentityModel.Tokens reference.</summary>
    public static readonly ImmutableArray<Sink> Keys = ImmutableArray.Create(
        Property(CryptoKey, "System.Security.Cryptography.SymmetricAlgorithm", "Key", includeImplementations: true),
        Parameter(CryptoKey, "System.Security.Cryptography.SymmetricAlgorithm", "CreateEncryptor", "rgbKey", includeImplementations: true),
        Parameter(CryptoKey, "System.Security.Cryptography.SymmetricAlgorithm", "CreateDecryptor", "rgbKey", includeImplementations: true),
        Parameter(CryptoKey, "System.Security.Cryptography.SymmetricAlgorithm", "SetKey", "key", includeImplementations: true),
        Property(CryptoKey, "System.Security.Cryptography.KeyedHashAlgorithm", "Key", includeImplementations: true),
        ConstructorParameter(CryptoKey, "System.Security.Cryptography.KeyedHashAlgorithm", "key", includeImplementations: true),
        Parameter(CryptoKey, "System.Security.Cryptography.HMAC", ModelRow.AnyMember, "key", includeImplementations: true),
        ConstructorParameter(CryptoKey, "System.Security.Cryptography.AesGcm", "key"),
        ConstructorParameter(CryptoKey, "System.Security.Cryptography.AesCcm", "key"),
        ConstructorParameter(CryptoKey, "System.Security.Cryptography.ChaCha20Poly1305", "key"),
        Parameter(CryptoKey, "System.Security.Cryptography.IncrementalHash", "CreateHMAC", "key"),
        Parameter(CryptoKey, "System.Security.Cryptography.CryptographicOperations", "HmacData", "key"),
        Parameter(CryptoKey, "System.Security.Cryptography.HKDF", ModelRow.AnyMember, "ikm"),
        Parameter(CryptoKey, "System.Security.Cryptography.HKDF", ModelRow.AnyMember, "prk"),
        ConstructorParameter(CryptoKey, "Microsoft.IdentityModel.Tokens.SymmetricSecurityKey", "key"),
        ConstructorParameter(CryptoKey, "SecurityToolchain.Runtime.Cryptography.AeadEncryption", "key"),
        ConstructorParameter(CryptoKey, "Org.BouncyCastle.Crypto.Parameters.KeyParameter", "key"));

    /// <summary>All of them.</summary>
    public static readonly ImmutableArray<Sink> All = Framework.AddRange(AspNetCore).AddRange(Stores).AddRange(Services).AddRange(Keys);
}
