using System.Collections.Immutable;
using System.Text;
using SecurityToolchain.MsBuildTasks.Stamps;
using SecurityToolchain.Scanning.Reports;

namespace SecurityToolchain.MsBuildTasks.Gate;

/// <summary>
/// What a project keeps of a run that passed: the digest of all inputs, the records of all packages and the warnings. Authenticated with
/// the user's key and bound to its path.
/// </summary>
internal sealed record GateStamp
{
    private const string Purpose = "gate stamp 1";
    private const string Suffix = ".gate.stamp";

    /// <summary>SHA-256 of the inputs, hexadecimal.</summary>
    public required string Key { get; init; }

    /// <summary>The last day on which the stamp counts: an allow entry of the policy ends.</summary>
    public required DateOnly ValidUntil { get; init; }

    /// <summary>The first package folder.</summary>
    public required string PackageRoot { get; init; }

    /// <summary>Whether packages contribute props or targets.</summary>
    public required bool HasPackageImports { get; init; }

    /// <summary>Projects that the project references.</summary>
    public required ImmutableArray<string> ReferencedProjects { get; init; }

    /// <summary>The packages.</summary>
    public required ImmutableArray<PackageRecord> Packages { get; init; }

    /// <summary>Rule and evidence of warnings, to be shown again.</summary>
    public required ImmutableArray<Finding> Warnings { get; init; }

    /// <summary>The path of a project's stamp.</summary>
    public static string PathOf(GateRequest request) => Path.Combine(request.ExtensionsFolder, request.ProjectFileName + Suffix);

    /// <summary>Reads the stamp of a project; null when there is none that counts.</summary>
    public static GateStamp? Read(GateRequest request)
    {
        if (request.Key is not { } key || SealedFile.Read(key, Purpose, PathOf(request)) is not { } content)
            return null;
        using BinaryReader reader = RecordFormat.Open(content);
        if (reader.ReadInt32() != RecordFormat.Version)
            return null;
        return new GateStamp
        {
            Key = reader.ReadString(),
            ValidUntil = DateOnly.FromDayNumber(reader.ReadInt32()),
            PackageRoot = reader.ReadString(),
            HasPackageImports = reader.ReadBoolean(),
            ReferencedProjects = ReadList(reader, static reader => reader.ReadString()),
            Packages = ReadList(reader, RecordFormat.Read),
            Warnings = ReadList(reader, ReadWarning),
        };
    }

    /// <summary>Writes the stamp.</summary>
    public void Write(GateRequest request)
    {
        if (request.Key is not { } key)
            return;
        using var buffer = new MemoryStream();
        using (var writer = new BinaryWriter(buffer, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(RecordFormat.Version);
            writer.Write(Key);
            writer.Write(ValidUntil.DayNumber);
            writer.Write(PackageRoot);
            writer.Write(HasPackageImports);
            writer.Write(ReferencedProjects.Length);
            foreach (string project in ReferencedProjects)
                writer.Write(project);
            writer.Write(Packages.Length);
            foreach (PackageRecord record in Packages)
                RecordFormat.Write(writer, record);
            writer.Write(Warnings.Length);
            foreach (Finding warning in Warnings)
            {
                writer.Write(warning.RuleId);
                writer.Write(warning.Message);
                writer.Write(warning.Location.Path);
                writer.Write(warning.Location.Line);
            }
        }

        SealedFile.Write(key, Purpose, PathOf(request), buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }

    /// <summary>Takes the stamp away.</summary>
    public static void Remove(GateRequest request) => SealedFile.TryDelete(PathOf(request));

    private static Finding ReadWarning(BinaryReader reader)
    {
        string id = reader.ReadString();
        return new Finding(GateRules.All.First(rule => rule.Id == id), reader.ReadString(), new FindingLocation(reader.ReadString()) { Line = reader.ReadInt32() });
    }

    private static ImmutableArray<T> ReadList<T>(BinaryReader reader, Func<BinaryReader, T> readItem)
    {
        var items = ImmutableArray.CreateBuilder<T>(reader.ReadInt32());
        for (int i = 0; i < items.Capacity; i++)
            items.Add(readItem(reader));
        return items.MoveToImmutable();
    }
}
