using System.Security.Cryptography;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using SecurityToolchain.Runtime.Secrets;

namespace SecurityToolchain.Runtime.Tls;

/// <summary>
/// Mutual TLS from files: makes the options for servers and clients, and takes over changed files without a restart. When new files are
/// bad, the last good ones stay in use and the reason is logged, once for each change. May be used by several threads at once.
/// </summary>
public sealed partial class MtlsStore
{
    private readonly MtlsOptions _options;
    private readonly SecretProvider _secrets;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private MtlsCredentials _current;
    private string _fingerprint;
    private long _lastLook;

    /// <summary>Loads the files.</summary>
    /// <param name="options">Checked here; every problem at once, see <see cref="MtlsDiagnostics"/>.</param>
    /// <param name="secrets">Knows the password; null takes <see cref="SecretProvider.Default"/>.</param>
    /// <param name="logger">Gets refused peers (the reason, not the certificate) and reloads; null for none.</param>
    /// <param name="time">The clock; null takes the system's.</param>
    /// <exception cref="MtlsException">A file or a setting is bad.</exception>
    public MtlsStore(MtlsOptions options, SecretProvider? secrets = null, ILogger<MtlsStore>? logger = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.ReloadInterval < TimeSpan.FromSeconds(1) || options.ReloadInterval > TimeSpan.FromDays(1))
            throw new MtlsException(MtlsProblem.InvalidSetting, Error.Invariant($"ReloadInterval must lie between 00:00:01 and 1.00:00:00; it is {options.ReloadInterval}."));
        _options = options;
        _secrets = secrets ?? SecretProvider.Default;
        _logger = logger ?? (ILogger)NullLogger<MtlsStore>.Instance;
        _time = time ?? TimeProvider.System;
        _fingerprint = Fingerprint();
        _current = MtlsCredentials.Load(options, _secrets, _time);
        _lastLook = _time.GetTimestamp();
    }

    /// <summary>Options for a server: a client certificate is required, must chain to the trust file, be meant for clients, not be revoked, and carry an allowed identity.</summary>
    /// <exception cref="MtlsException">No identity is allowed: nobody could ever connect.</exception>
    public SslServerAuthenticationOptions CreateServerOptions()
    {
        if (_options.AllowedIdentities.Count == 0)
            throw new MtlsException(MtlsProblem.NoAllowedIdentities, "AllowedIdentities is empty; name the clients that may connect, for example dns:orders.example.com.");
        MtlsCredentials credentials = Current();
        var verifier = new PeerVerifier(credentials, _options, _time);
        return new SslServerAuthenticationOptions
        {
            ServerCertificateContext = credentials.Context,
            ClientCertificateRequired = true,
            EnabledSslProtocols = _options.EnabledProtocols,
            CertificateChainPolicy = credentials.CreateChainPolicy(_time.GetUtcNow()),
            AllowRenegotiation = false,
            RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
                Accept(verifier.Refuse(certificate, chain, errors, PeerVerifier.ClientAuthentication, checkIdentity: true)),
        };
    }

    /// <summary>Options for a client: the server must chain to the trust file and carry the host's name; where identities are allowed, also one of them.</summary>
    /// <param name="host">The name that is connected to; always checked.</param>
    public SslClientAuthenticationOptions CreateClientOptions(string host)
    {
        ArgumentException.ThrowIfNullOrEmpty(host);
        MtlsCredentials credentials = Current();
        var verifier = new PeerVerifier(credentials, _options, _time);
        return new SslClientAuthenticationOptions
        {
            TargetHost = host,
            ClientCertificateContext = credentials.Context,
            EnabledSslProtocols = _options.EnabledProtocols,
            CertificateChainPolicy = credentials.CreateChainPolicy(_time.GetUtcNow()),
            AllowRenegotiation = false,
            RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
                Accept(verifier.Refuse(certificate, chain, errors, PeerVerifier.ServerAuthentication, checkIdentity: _options.AllowedIdentities.Count > 0)),
        };
    }

    /// <summary>The own certificate's serial number, for logs and tests.</summary>
    public string SerialNumber => Current().Leaf.SerialNumber;

    private bool Accept(MtlsProblem? problem)
    {
        if (problem is { } reason)
            LogRefused(reason);
        return problem is null;
    }

    private MtlsCredentials Current()
    {
        lock (_gate)
        {
            if (_time.GetElapsedTime(_lastLook) < _options.ReloadInterval)
                return _current;
            _lastLook = _time.GetTimestamp();
            string fingerprint = Fingerprint();
            if (fingerprint == _fingerprint)
                return _current;
            _fingerprint = fingerprint;
            try
            {
                // The old certificate is left to the finalizer: handshakes that began with it may still run.
                _current = MtlsCredentials.Load(_options, _secrets, _time);
                LogReloaded(_current.Leaf.SerialNumber);
            }
            catch (MtlsException failure)
            {
                LogReloadFailed(failure.Problem, failure.Message);
            }

            return _current;
        }
    }

    /// <summary>
    /// Names the files' content. Times and sizes would not do: Kubernetes exchanges a directory behind a symbolic link, and the link that
    /// the path names stays as it was.
    /// </summary>
    private string Fingerprint()
    {
        string[] paths = [_options.CertificatePath, _options.KeyPath, _options.TrustPath, .. _options.RevocationListPaths];
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string path in paths)
            digest.AppendData(ContentDigest(path));
        return Convert.ToHexString(digest.GetHashAndReset());
    }

    private static byte[] ContentDigest(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return SHA256.HashData(file);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return new byte[SHA256.HashSizeInBytes];
        }
    }

    [LoggerMessage(EventId = 20, Level = LogLevel.Warning, Message = "A TLS peer was refused: {Problem}")]
    private partial void LogRefused(MtlsProblem problem);

    [LoggerMessage(EventId = 21, Level = LogLevel.Information, Message = "The TLS certificate was reloaded; its serial number is {SerialNumber}")]
    private partial void LogReloaded(string serialNumber);

    [LoggerMessage(EventId = 22, Level = LogLevel.Error, Message = "The changed TLS files cannot be used, the former ones stay in use: {Problem} {Reason}")]
    private partial void LogReloadFailed(MtlsProblem problem, string reason);
}
