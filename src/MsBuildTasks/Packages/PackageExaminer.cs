using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using SecurityToolchain.MsBuildTasks.Restore;
using SecurityToolchain.MsBuildTasks.Signatures;
using SecurityToolchain.MsBuildTasks.Stamps;

namespace SecurityToolchain.MsBuildTasks.Packages;

/// <summary>Examines packages in a package folder: archive, signature and extracted files. Thread safe.</summary>
public sealed class PackageExaminer
{
    private readonly SignatureValidator? _validator;
    private readonly RecordStore _records;

    /// <summary>Creates an examiner.</summary>
    /// <param name="roots">The roots for signatures; null asks NuGet's own verifier.</param>
    /// <param name="records">Where earlier results are kept.</param>
    /// <param name="time">The clock.</param>
    public PackageExaminer(TrustedRoots? roots, RecordStore records, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(records);
        _validator = roots is null ? null : new SignatureValidator(roots, time);
        _records = records;
    }

    /// <summary>Examines a package, or takes the record of an earlier examination while nothing has changed.</summary>
    /// <param name="use">The package and what is used of it.</param>
    public PackageExamination Examine(PackageUse use)
    {
        ArgumentNullException.ThrowIfNull(use);
        PackageRecord? known = _records.Find(use.Package, use.Folder);
        if (known is not null && CoversUse(known, use) && known.IsUnchanged())
            return FromRecord(use, known);
        try
        {
            PackageExamination examination = ExamineArchive(use, known);
            if (examination.Record is { } record)
                _records.Save(record);
            return examination;
        }
        catch (Exception exception) when (exception is PackageFormatException or IOException or UnauthorizedAccessException or InvalidDataException or CryptographicException)
        {
            return new PackageExamination { Use = use, Problem = exception.Message.ReplaceLineEndings(" ") };
        }
    }

    private static bool CoversUse(PackageRecord record, PackageUse use) =>
        record.Covers(use.WholePackage ? use.Files.Append(WholePackageMark) : use.Files);

    private static PackageExamination FromRecord(PackageUse use, PackageRecord record) => new()
    {
        Use = use,
        ContentHash = record.ContentHash,
        IsSigned = record.Signature is not null,
        Signature = record.Signature,
        SignatureVerdict = record.Signature is null ? default : SignatureVerdict.Valid,
        SignedBefore = record.Signature is null ? FindSignedBefore(use, null) : null,
        Record = record,
        FromRecord = true,
    };

    // Not a file name: a record of a whole package says so with an entry for the package's folder under this name.
    private const string WholePackageMark = "./";

    private PackageExamination ExamineArchive(PackageUse use, PackageRecord? known)
    {
        if (!Directory.Exists(use.Folder))
            return new PackageExamination { Use = use, Problem = $"the folder '{use.Folder}' does not exist" };
        using FileStream? archive = OptionalFile.Open(use.ArchivePath);
        if (archive is null)
            return new PackageExamination { Use = use, Problem = $"the archive '{Path.GetFileName(use.ArchivePath)}' is missing from '{use.Folder}'" };

        var differences = new List<ContentDifference>();

        // The folder's stamps are taken first: whatever changes while the archive is examined shows in the next check.
        ImmutableArray<FileRecord> files = ExtractedFolder.Compare(use, archive, differences);
        ZipDirectory directory = ZipDirectory.Read(archive);
        byte[]? signatureBytes = SignatureEnvelope.ReadBytes(archive, directory);
        SignatureEnvelope? envelope = null;
        SignatureVerdict verdict = default;
        if (signatureBytes is not null && !SignatureEnvelope.TryDecode(signatureBytes, out envelope, out string problem))
            verdict = SignatureVerdict.Invalid(problem);
        byte[][] hashes = PackageContentHash.Compute(
            archive, directory, envelope is null || envelope.HashAlgorithm == HashAlgorithmName.SHA512 ? [HashAlgorithmName.SHA512] : [HashAlgorithmName.SHA512, envelope.HashAlgorithm]);
        byte[] contentHash = hashes[0];
        PackageSignature? signature = null;
        if (envelope is not null)
            (signature, verdict) = ExamineSignature(use, envelope, hashes[^1]);

        var examination = new PackageExamination
        {
            Use = use,
            ContentHash = Convert.ToBase64String(contentHash),
            ExtractionHash = ReadExtractionHash(use.Folder),
            IsSigned = signatureBytes is not null,
            Signature = signature,
            SignatureVerdict = verdict,
            SignedBefore = signatureBytes is null ? FindSignedBefore(use, known) : null,
            Differences = [.. differences],
        };
        bool holds = differences.Count == 0
            && (signatureBytes is null || verdict.IsValid)
            && (examination.ExtractionHash is null || examination.ExtractionHash == examination.ContentHash);
        return holds ? examination with { Record = ToRecord(use, examination, files) } : examination;
    }

    private static PackageRecord ToRecord(PackageUse use, PackageExamination examination, ImmutableArray<FileRecord> files)
    {
        if (use.WholePackage)
            files = files.Add(files.First(static file => file.Path.Length == 0) with { Path = WholePackageMark });
        return new PackageRecord
        {
            Package = use.Package,
            Folder = use.Folder,
            ContentHash = examination.ContentHash,
            Signature = examination.Signature,
            Files = files,
        };
    }

    private (PackageSignature? Signature, SignatureVerdict Verdict) ExamineSignature(PackageUse use, SignatureEnvelope envelope, byte[] covered)
    {
        try
        {
            PackageSignature signature = envelope.Describe();
            if (_validator is not null)
                return (signature, _validator.Validate(envelope, covered));
            return NuGetSignatureVerifier.TryVerify(use.ArchivePath, out SignatureVerdict theirs)
                ? (signature, theirs)
                : (signature, SignatureVerdict.Invalid("this SDK has neither a bundle of trusted roots nor a usable NuGet verifier"));
        }
        catch (PackageFormatException exception)
        {
            return (null, SignatureVerdict.Invalid(exception.Message));
        }
    }

    private static string? ReadExtractionHash(string folder)
    {
        string path = Path.Combine(folder, ".nupkg.metadata");
        using FileStream? stream = OptionalFile.Open(path);
        if (stream is null)
            return null;
        try
        {
            using JsonDocument document = JsonDocument.Parse(stream);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("contentHash", out JsonElement hash)
                && hash.ValueKind == JsonValueKind.String
                    ? hash.GetString()
                    : "";
        }
        catch (JsonException)
        {
            return "";
        }
    }

    // Three witnesses, from the nearest: the record of an earlier check, the signature that NuGet extracted, another version of the id.
    private static string? FindSignedBefore(PackageUse use, PackageRecord? known)
    {
        if (known?.Signature is { } earlier)
            return $"an earlier check saw it signed by '{earlier.SignerSubject}'";
        if (File.Exists(Path.Combine(use.Folder, PackageContentHash.SignatureEntryName)))
            return $"the extracted folder still holds {PackageContentHash.SignatureEntryName}";
        string? versions = Path.GetDirectoryName(use.Folder);
        if (versions is null || !string.Equals(Path.GetFileName(versions), use.Package.Id, StringComparison.OrdinalIgnoreCase))
            return null;
        foreach (string version in Directory.EnumerateDirectories(versions).Order(StringComparer.Ordinal))
        {
            if (version != use.Folder && File.Exists(Path.Combine(version, PackageContentHash.SignatureEntryName)))
                return $"version {Path.GetFileName(version)} of it is signed";
        }

        return null;
    }
}
