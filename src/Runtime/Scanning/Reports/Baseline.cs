using System.Collections.Immutable;
using System.Text.Json;

namespace SecurityToolchain.Scanning.Reports;

/// <summary>The findings of an earlier SARIF report, by fingerprint.</summary>
public sealed class Baseline
{
    private readonly HashSet<string> _fingerprints;

    private Baseline(HashSet<string> fingerprints) => _fingerprints = fingerprints;

    /// <summary>The number of findings in the baseline.</summary>
    public int Count => _fingerprints.Count;

    /// <summary>Reads a SARIF report that this tool has written.</summary>
    /// <param name="stream">The report.</param>
    /// <exception cref="InvalidDataException">The text is no SARIF 2.1.0 with fingerprints of this tool.</exception>
    public static Baseline Read(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var fingerprints = new HashSet<string>(StringComparer.Ordinal);
        try
        {
            using JsonDocument document = JsonDocument.Parse(stream, new JsonDocumentOptions { MaxDepth = 64 });
            foreach (JsonElement run in document.RootElement.GetProperty("runs").EnumerateArray())
            {
                if (!run.TryGetProperty("results", out JsonElement results))
                    continue;
                foreach (JsonElement result in results.EnumerateArray())
                {
                    if (result.TryGetProperty("partialFingerprints", out JsonElement partial) && partial.TryGetProperty(Fingerprints.Name, out JsonElement value) && value.GetString() is { } text)
                        fingerprints.Add(text);
                    else
                        throw new InvalidDataException($"A result of the baseline has no fingerprint '{Fingerprints.Name}'; write the baseline with this tool.");
                }
            }
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new InvalidDataException("The baseline is not a SARIF 2.1.0 report.", exception);
        }

        return new Baseline(fingerprints);
    }

    /// <summary>Marks findings as new or unchanged.</summary>
    /// <param name="ordered">The findings in <see cref="FindingOrder"/>.</param>
    public ImmutableArray<Finding> Apply(ImmutableArray<Finding> ordered)
    {
        IReadOnlyList<string> fingerprints = Fingerprints.Compute(ordered);
        ImmutableArray<Finding>.Builder marked = ImmutableArray.CreateBuilder<Finding>(ordered.Length);
        for (int i = 0; i < ordered.Length; i++)
            marked.Add(ordered[i] with { Baseline = _fingerprints.Contains(fingerprints[i]) ? BaselineState.Unchanged : BaselineState.New });
        return marked.ToImmutable();
    }
}
