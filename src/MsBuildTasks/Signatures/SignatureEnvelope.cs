using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Text;
using SecurityToolchain.MsBuildTasks.Packages;

namespace SecurityToolchain.MsBuildTasks.Signatures;

/// <summary>The CMS envelope of a package signature: the hash that it covers, its signers and their attributes.</summary>
internal sealed class SignatureEnvelope
{
    private const long MaxSignatureBytes = 1024 * 1024;

    private SignatureEnvelope(SignedCms cms, ImmutableArray<SignerInfo> signers, SignerInfo? repository, HashAlgorithmName algorithm, byte[] coveredHash)
    {
        Cms = cms;
        Signers = signers;
        Repository = repository;
        HashAlgorithm = algorithm;
        CoveredHash = coveredHash;
    }

    /// <summary>The decoded message.</summary>
    public SignedCms Cms { get; }

    /// <summary>
    /// The primary signer, then its countersigners. Always the same objects: a signer looks its certificate up once, and making every
    /// certificate of the message for that costs as much as checking the signature.
    /// </summary>
    public ImmutableArray<SignerInfo> Signers { get; }

    /// <summary>The primary signer.</summary>
    public SignerInfo Primary => Signers[0];

    /// <summary>The repository's signer: the primary one, a countersigner, or null.</summary>
    public SignerInfo? Repository { get; }

    /// <summary>The algorithm of <see cref="CoveredHash"/>.</summary>
    public HashAlgorithmName HashAlgorithm { get; }

    /// <summary>The hash of the archive without its signature, as signed.</summary>
    public byte[] CoveredHash { get; }

    /// <summary>Reads the signature's bytes from an archive.</summary>
    /// <param name="archive">The package.</param>
    /// <param name="directory">Its directory.</param>
    /// <returns>The bytes, or null when the package is not signed.</returns>
    /// <exception cref="PackageFormatException">The entry is compressed, encrypted or too long.</exception>
    public static byte[]? ReadBytes(Stream archive, ZipDirectory directory)
    {
        int index = PackageContentHash.SignatureIndex(directory);
        if (index < 0)
            return null;
        ZipDirectoryEntry entry = directory.Entries[index];
        if (entry.Method != 0 || entry.CompressedSize != entry.Size || (entry.Flags & 1) != 0)
            throw new PackageFormatException($"the entry '{entry.Name}' is compressed or encrypted; a signature must be stored");
        if (entry.Size is 0 or > MaxSignatureBytes)
            throw new PackageFormatException($"the signature has {entry.Size} bytes; the limit is {MaxSignatureBytes}");
        byte[] bytes = new byte[entry.Size];
        archive.Position = ZipDirectory.DataOffset(archive, entry);
        archive.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>Decodes a signature. Nothing is verified yet.</summary>
    /// <param name="bytes">The content of <c>.signature.p7s</c>.</param>
    /// <exception cref="PackageFormatException">The bytes are no package signature.</exception>
    public static SignatureEnvelope Decode(byte[] bytes)
    {
        var cms = new SignedCms();
        try
        {
            cms.Decode(bytes);
            if (cms.SignerInfos.Count != 1)
                throw new PackageFormatException($"the signature has {cms.SignerInfos.Count} signers; exactly 1 is allowed");
            SignerInfo primary = cms.SignerInfos[0];
            ImmutableArray<SignerInfo> signers = [primary, .. primary.CounterSignerInfos];
            (HashAlgorithmName algorithm, byte[] hash) = ParseContent(cms.ContentInfo.Content);
            return new SignatureEnvelope(cms, signers, signers.FirstOrDefault(IsRepository), algorithm, hash);
        }
        catch (Exception exception) when (exception is CryptographicException or AsnContentException)
        {
            throw new PackageFormatException("the signature is not a CMS message: " + exception.Message, exception);
        }
    }

    /// <summary>Decodes a signature, with the reason as a value where that fails.</summary>
    public static bool TryDecode(byte[] bytes, [NotNullWhen(true)] out SignatureEnvelope? envelope, out string problem)
    {
        try
        {
            envelope = Decode(bytes);
            problem = "";
            return true;
        }
        catch (PackageFormatException exception)
        {
            envelope = null;
            problem = exception.Message;
            return false;
        }
    }

    /// <summary>Checks the cryptographic signatures of all signers, without their chains.</summary>
    /// <exception cref="CryptographicException">One of them does not hold.</exception>
    public void CheckSignatures()
    {
        foreach (SignerInfo signer in Signers)
            signer.CheckSignature(verifySignatureOnly: true);
        foreach (SignerInfo counter in Signers.Skip(1))
        {
            foreach (SignerInfo nested in counter.CounterSignerInfos)
                nested.CheckSignature(verifySignatureOnly: true);
        }
    }

    /// <summary>What the signature states, for policies and reports.</summary>
    /// <exception cref="PackageFormatException">A certificate or an attribute is missing or malformed.</exception>
    public PackageSignature Describe()
    {
        var certificate = Primary.Certificate ?? throw new PackageFormatException("the signature does not carry the signer's certificate");
        try
        {
            return new PackageSignature
            {
                Kind = CommitmentKind(Primary),
                SignerFingerprint = certificate.GetCertHashString(HashAlgorithmName.SHA256),
                SignerSubject = certificate.Subject,
                RepositoryFingerprint = Repository?.Certificate?.GetCertHashString(HashAlgorithmName.SHA256),
                RepositoryServiceIndex = Repository is null ? null : ReadServiceIndex(Repository),
                Owners = Repository is null ? [] : [.. ReadOwners(Repository)],
            };
        }
        catch (AsnContentException exception)
        {
            throw new PackageFormatException("an attribute of the signature is malformed: " + exception.Message, exception);
        }
    }

    internal static PackageSignatureKind CommitmentKind(SignerInfo signer)
    {
        foreach (byte[] value in Attributes(signer.SignedAttributes, SignatureObjectIds.CommitmentTypeIndication))
        {
            string commitment = new AsnReader(value, AsnEncodingRules.DER).ReadSequence().ReadObjectIdentifier();
            if (commitment == SignatureObjectIds.ProofOfOrigin)
                return PackageSignatureKind.Author;
            if (commitment == SignatureObjectIds.ProofOfReceipt)
                return PackageSignatureKind.Repository;
        }

        return PackageSignatureKind.Unknown;
    }

    internal static IEnumerable<byte[]> Attributes(CryptographicAttributeObjectCollection attributes, string objectId)
    {
        foreach (CryptographicAttributeObject attribute in attributes)
        {
            if (attribute.Oid.Value != objectId)
                continue;
            foreach (AsnEncodedData value in attribute.Values)
                yield return value.RawData;
        }
    }

    private static bool IsRepository(SignerInfo signer) => CommitmentKind(signer) == PackageSignatureKind.Repository;

    private static string? ReadServiceIndex(SignerInfo signer)
    {
        foreach (byte[] value in Attributes(signer.SignedAttributes, SignatureObjectIds.NuGetServiceIndex))
            return new AsnReader(value, AsnEncodingRules.DER).ReadCharacterString(UniversalTagNumber.IA5String);
        return null;
    }

    private static List<string> ReadOwners(SignerInfo signer)
    {
        var owners = new List<string>();
        foreach (byte[] value in Attributes(signer.SignedAttributes, SignatureObjectIds.NuGetOwners))
        {
            AsnReader sequence = new AsnReader(value, AsnEncodingRules.DER).ReadSequence();
            while (sequence.HasData)
                owners.Add(sequence.ReadCharacterString(UniversalTagNumber.UTF8String));
        }

        return owners;
    }

    // The signed content is text: "Version:1", an empty line, "<hash OID>-Hash:<base64>", an empty line.
    private static (HashAlgorithmName Algorithm, byte[] Hash) ParseContent(byte[] content)
    {
        string[] lines = Encoding.UTF8.GetString(content).Split('\n');
        if (lines.Length < 3 || lines[0].TrimEnd('\r') != "Version:1")
            throw new PackageFormatException("the signed content does not start with 'Version:1'");
        foreach (string line in lines.Skip(1))
        {
            string text = line.TrimEnd('\r');
            int colon = text.IndexOf("-Hash:", StringComparison.Ordinal);
            if (colon < 0)
                continue;
            byte[] hash = new byte[SHA512.HashSizeInBytes];
            HashAlgorithmName algorithm = text[..colon] switch
            {
                SignatureObjectIds.Sha256 => HashAlgorithmName.SHA256,
                SignatureObjectIds.Sha384 => HashAlgorithmName.SHA384,
                SignatureObjectIds.Sha512 => HashAlgorithmName.SHA512,
                string other => throw new PackageFormatException($"the signed content uses the hash algorithm '{other}'; SHA-256, SHA-384 and SHA-512 are allowed"),
            };
            if (!Convert.TryFromBase64String(text[(colon + "-Hash:".Length)..], hash, out int written))
                throw new PackageFormatException("the hash in the signed content is not base64");
            return (algorithm, hash[..written]);
        }

        throw new PackageFormatException("the signed content carries no hash");
    }
}
