using System.Text;
using SecurityToolchain.MsBuildTasks.Stamps;

namespace SecurityToolchain.MsBuildTasks.PackageNames;

/// <summary>
/// Ids that an earlier check found nothing about, kept for the user, so that a build with known packages does not even load the list of
/// well-known ids. A signal is never kept: it is found again, and the policy asked again.
/// </summary>
internal sealed class CleanNames
{
    private const string Purpose = "clean package names";
    private const int MaxNames = 4000;

    private readonly StateKey? _key;
    private readonly HashSet<string> _names;

    private CleanNames(StateKey? key, HashSet<string> names)
    {
        _key = key;
        _names = names;
    }

    /// <summary>Loads the names; another version of the gate, with another list, starts anew.</summary>
    /// <param name="key">The key and folder, or null to remember nothing.</param>
    public static CleanNames Load(StateKey? key)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        if (key is not null && SealedFile.Read(key, Purpose, PathOf(key)) is { } content)
        {
            string[] lines = Encoding.UTF8.GetString(content).Split('\n');
            if (lines[0] == Edition)
                names.UnionWith(lines.AsSpan(1).ToArray());
        }

        return new CleanNames(key, names);
    }

    /// <summary>Whether an earlier check found nothing about the id.</summary>
    /// <param name="id">The id as it is written: case can be part of a deception.</param>
    public bool Contains(string id) => _names.Contains(id);

    /// <summary>Remembers ids.</summary>
    /// <param name="ids">Ids without a signal.</param>
    public void Add(IEnumerable<string> ids)
    {
        int before = _names.Count;
        if (_key is null || before >= MaxNames)
            return;
        _names.UnionWith(ids);
        if (_names.Count > before)
            SealedFile.Write(_key, Purpose, PathOf(_key), Encoding.UTF8.GetBytes(Edition + "\n" + string.Join('\n', _names.Order(StringComparer.Ordinal))));
    }

    private static string Edition => typeof(CleanNames).Assembly.ManifestModule.ModuleVersionId.ToString();

    private static string PathOf(StateKey key) => Path.Combine(key.Folder, "names");
}
