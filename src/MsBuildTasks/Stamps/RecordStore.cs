using System.Security.Cryptography;
using System.Text;
using SecurityToolchain.MsBuildTasks.Packages;

namespace SecurityToolchain.MsBuildTasks.Stamps;

/// <summary>
/// Package records shared by all projects of a user, so that a package is verified once and not once for each project. Without a key it
/// remembers nothing. Thread safe; processes do not disturb each other.
/// </summary>
public sealed class RecordStore
{
    private const string Purpose = "package record 1";

    private readonly StateKey? _key;

    /// <summary>Creates the store.</summary>
    /// <param name="key">The key and folder, or null.</param>
    public RecordStore(StateKey? key) => _key = key;

    /// <summary>Finds the record of a package.</summary>
    /// <param name="package">Id and version.</param>
    /// <param name="folder">The extracted folder.</param>
    /// <returns>The record, or null.</returns>
    public PackageRecord? Find(PackageIdentity package, string folder)
    {
        if (_key is null || SealedFile.Read(_key, Purpose, PathOf(_key, folder)) is not { } content)
            return null;
        using BinaryReader reader = RecordFormat.Open(content);
        if (reader.ReadInt32() != RecordFormat.Version)
            return null;
        PackageRecord record = RecordFormat.Read(reader);
        return record.Package == package && record.Folder == folder ? record : null;
    }

    /// <summary>Remembers a record.</summary>
    /// <param name="record">A record of a package that was verified.</param>
    public void Save(PackageRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        if (_key is null)
            return;
        using var buffer = new MemoryStream();
        using (var writer = new BinaryWriter(buffer, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(RecordFormat.Version);
            RecordFormat.Write(writer, record);
        }

        SealedFile.Write(_key, Purpose, PathOf(_key, record.Folder), buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }

    private static string PathOf(StateKey key, string folder)
    {
        string name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(folder)).AsSpan(0, 16));
        return Path.Combine(key.Folder, "packages", name);
    }
}
