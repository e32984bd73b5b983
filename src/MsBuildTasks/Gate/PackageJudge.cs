using System.Security.Cryptography;
using SecurityToolchain.MsBuildTasks.Packages;
using SecurityToolchain.MsBuildTasks.Policy;
using SecurityToolchain.Scanning.Reports;

namespace SecurityToolchain.MsBuildTasks.Gate;

/// <summary>Judges what was found out about a package by the policy.</summary>
internal sealed class PackageJudge
{
    private const int MaxDifferencesShown = 3;

    private readonly GatePolicy _policy;
    private readonly DateOnly _today;
    private readonly string _path;

    /// <param name="policy">The policy.</param>
    /// <param name="today">The day, in UTC.</param>
    /// <param name="path">The file that findings are shown at.</param>
    public PackageJudge(GatePolicy policy, DateOnly today, string path)
    {
        _policy = policy;
        _today = today;
        _path = path;
    }

    /// <summary>The findings about a package that the policy does not allow.</summary>
    public IEnumerable<Finding> Judge(PackageExamination examination) => Find(examination)
        .Where(finding => !_policy.Allows(finding.RuleId, examination.Use.Package.Id, _today));

    private IEnumerable<Finding> Find(PackageExamination examination)
    {
        PackageUse use = examination.Use;
        if (examination.Problem is { } problem)
        {
            yield return Finding(GateRules.Incomplete, use, problem);
            yield break;
        }

        foreach (Finding finding in FindHashMismatch(examination))
            yield return finding;
        if (FindSignature(examination) is { } signature)
            yield return signature;
        if (FindOwner(examination) is { } owner)
            yield return owner;
        foreach (Finding finding in FindDifferences(examination))
            yield return finding;
    }

    private IEnumerable<Finding> FindHashMismatch(PackageExamination examination)
    {
        PackageUse use = examination.Use;
        if (use.LockedHash is { } locked && locked != examination.ContentHash)
        {
            yield return Finding(
                GateRules.LockFileMismatch, use, $"the lock file pins the content hash {Short(locked)}, the package has {Short(examination.ContentHash)}");
        }

        if (examination.ExtractionHash is { } extracted && extracted != examination.ContentHash)
        {
            yield return Finding(
                GateRules.ArchiveChanged, use, $"NuGet extracted the content hash {Short(extracted)}, the archive now has {Short(examination.ContentHash)}");
        }
        else if (use.RecordedHash is { } recorded && recorded != examination.ContentHash)
        {
            yield return Finding(
                GateRules.ArchiveChanged, use, $"project.assets.json records the content hash {Short(recorded)}, the archive has {Short(examination.ContentHash)}");
        }
    }

    private Finding? FindSignature(PackageExamination examination)
    {
        PackageUse use = examination.Use;
        if (!examination.IsSigned)
        {
            if (examination.SignedBefore is { } witness)
                return Finding(GateRules.UnsignedAfterSigned, use, $"the archive carries no signature although {witness}");
            return _policy.RequireSignature && !ComesFromLocalFeed(use)
                ? Finding(GateRules.UnsignedPackage, use, "the archive carries no signature")
                : null;
        }

        if (!examination.SignatureVerdict.IsValid)
            return Finding(GateRules.InvalidSignature, use, examination.SignatureVerdict.Reason);
        if (_policy.TrustedFingerprints.IsEmpty || examination.Signature!.Fingerprints.Any(_policy.TrustedFingerprints.Contains))
            return null;
        return Finding(
            GateRules.UntrustedSigner, use, $"the signer is '{examination.Signature.SignerSubject}' with the certificate {examination.Signature.SignerFingerprint}");
    }

    private Finding? FindOwner(PackageExamination examination)
    {
        foreach (OwnerRule rule in _policy.Owners)
        {
            if (!rule.Packages.Matches(examination.Use.Package.Id))
                continue;
            IReadOnlyList<string> actual = examination.Signature?.Owners ?? [];
            if (!actual.Any(owner => rule.Owners.Contains(owner, StringComparer.OrdinalIgnoreCase)))
            {
                string stated = actual.Count == 0 ? "no owner" : string.Join(", ", actual);
                return Finding(
                    GateRules.UnexpectedOwner, examination.Use, $"the repository signature names {stated}; the policy (line {rule.Line}) asks for {string.Join(" or ", rule.Owners)}");
            }
        }

        return null;
    }

    private IEnumerable<Finding> FindDifferences(PackageExamination examination)
    {
        foreach (IGrouping<bool, ContentDifference> group in examination.Differences.GroupBy(static difference => difference.Kind is ContentDifferenceKind.Added or ContentDifferenceKind.Link))
        {
            RuleMetadata rule = group.Key ? GateRules.ExtractedFileAdded : GateRules.ExtractedFileChanged;
            List<string> shown = group.Take(MaxDifferencesShown).Select(static difference => difference.Kind switch
            {
                ContentDifferenceKind.Missing => $"'{difference.Path}' is missing",
                ContentDifferenceKind.Added => $"'{difference.Path}' was added",
                ContentDifferenceKind.Link => $"'{difference.Path}' is a link",
                _ => $"'{difference.Path}' was changed",
            }).ToList();
            int more = group.Count() - shown.Count;
            yield return Finding(rule, examination.Use, string.Join(", ", shown) + (more > 0 ? $" and {more} more" : "") + $" in '{examination.Use.Folder}'");
        }
    }

    private bool ComesFromLocalFeed(PackageUse use)
    {
        foreach (LocalFeed feed in _policy.LocalFeeds)
        {
            if (feed.Packages.Matches(use.Package.Id) && Directory.Exists(feed.Folder) && FeedHolds(feed.Folder, use))
                return true;
        }

        return false;
    }

    private static bool FeedHolds(string folder, PackageUse use)
    {
        string name = $"{use.Package.Id}.{use.Package.Version}.nupkg";
        byte[]? expected = null;
        var options = new EnumerationOptions { MatchCasing = MatchCasing.CaseInsensitive, RecurseSubdirectories = true, MaxRecursionDepth = 2 };
        foreach (string candidate in Directory.EnumerateFiles(folder, name, options))
        {
            expected ??= Digest(use.ArchivePath);
            if (expected.AsSpan().SequenceEqual(Digest(candidate)))
                return true;
        }

        return false;
    }

    private static byte[] Digest(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return SHA256.HashData(stream);
    }

    private Finding Finding(RuleMetadata rule, PackageUse use, string evidence) => GateFindings.ForPackage(rule, use.Package, _path, evidence);

    private static string Short(string hash) => hash.Length <= 16 ? (hash.Length == 0 ? "(none)" : hash) : hash[..16] + "...";
}
