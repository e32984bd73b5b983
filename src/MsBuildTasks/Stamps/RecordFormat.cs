using System.Collections.Immutable;
using System.Text;
using SecurityToolchain.MsBuildTasks.Packages;
using SecurityToolchain.MsBuildTasks.Signatures;

namespace SecurityToolchain.MsBuildTasks.Stamps;

/// <summary>The bytes of package records. Only authenticated bytes are read back, so the format has a version and no recovery.</summary>
internal static class RecordFormat
{
    /// <summary>Grows with every change of the format or of what a record promises; old files are then ignored.</summary>
    public const int Version = 1;

    public static void Write(BinaryWriter writer, PackageRecord record)
    {
        writer.Write(record.Package.Id);
        writer.Write(record.Package.Version);
        writer.Write(record.Folder);
        writer.Write(record.ContentHash);
        WriteSignature(writer, record.Signature);
        writer.Write(record.Files.Length);
        foreach (FileRecord file in record.Files)
        {
            writer.Write(file.Path);
            writer.Write(file.Stamp.Size);
            writer.Write(file.Stamp.Modified);
            writer.Write(file.Stamp.Changed);
            writer.Write(file.Stamp.Identity);
            writer.Write(file.Sha256);
        }
    }

    public static PackageRecord Read(BinaryReader reader)
    {
        var package = new PackageIdentity(reader.ReadString(), reader.ReadString());
        string folder = reader.ReadString();
        string contentHash = reader.ReadString();
        PackageSignature? signature = ReadSignature(reader);
        var files = ImmutableArray.CreateBuilder<FileRecord>(reader.ReadInt32());
        for (int i = 0; i < files.Capacity; i++)
        {
            files.Add(new FileRecord(
                reader.ReadString(),
                new FileStamp(reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64()),
                reader.ReadString()));
        }

        return new PackageRecord { Package = package, Folder = folder, ContentHash = contentHash, Signature = signature, Files = files.MoveToImmutable() };
    }

    public static BinaryReader Open(byte[] content) => new(new MemoryStream(content, writable: false), Encoding.UTF8);

    private static void WriteSignature(BinaryWriter writer, PackageSignature? signature)
    {
        writer.Write(signature is not null);
        if (signature is null)
            return;
        writer.Write((int)signature.Kind);
        writer.Write(signature.SignerFingerprint);
        writer.Write(signature.SignerSubject);
        writer.Write(signature.RepositoryFingerprint ?? "");
        writer.Write(signature.RepositoryServiceIndex ?? "");
        writer.Write(signature.Owners.Length);
        foreach (string owner in signature.Owners)
            writer.Write(owner);
    }

    private static PackageSignature? ReadSignature(BinaryReader reader)
    {
        if (!reader.ReadBoolean())
            return null;
        var signature = new PackageSignature
        {
            Kind = (PackageSignatureKind)reader.ReadInt32(),
            SignerFingerprint = reader.ReadString(),
            SignerSubject = reader.ReadString(),
            RepositoryFingerprint = NullIfEmpty(reader.ReadString()),
            RepositoryServiceIndex = NullIfEmpty(reader.ReadString()),
        };
        var owners = ImmutableArray.CreateBuilder<string>(reader.ReadInt32());
        for (int i = 0; i < owners.Capacity; i++)
            owners.Add(reader.ReadString());
        return signature with { Owners = owners.MoveToImmutable() };
    }

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
