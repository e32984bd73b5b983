namespace SecurityToolchain.Scanning.Benchmarks;

/// <summary>Prints one line for each thing that was measured, and whether it reaches its bar.</summary>
internal sealed class BarTable(TextWriter output)
{
    /// <summary>How many bars were missed.</summary>
    public int Missed { get; private set; }

    public void Header()
    {
        output.WriteLine($"{"what",-62} {"measured",18}  {"bar",-18} verdict");
        output.WriteLine(new string('-', 112));
    }

    /// <summary>A figure that has a bar.</summary>
    public void Bar(string name, double value, string unit, double bar, bool atLeast = true)
    {
        bool reached = atLeast ? value >= bar : value <= bar;
        if (!reached)
            Missed++;
        output.WriteLine($"{name,-62} {Number(value) + " " + unit,18}  {(atLeast ? ">= " : "<= ") + Number(bar) + " " + unit,-18} {(reached ? "ok" : "MISSED")}");
    }

    /// <summary>A figure without a bar: the peer, or a detail.</summary>
    public void Note(string name, double value, string unit) => output.WriteLine($"{"  " + name,-62} {Number(value) + " " + unit,18}");

    /// <summary>Something that could not be measured here.</summary>
    public void Skip(string name, string reason) => output.WriteLine($"{name,-62} {"-",18}  skipped: {reason}");

    private static string Number(double value) => value >= 1000 ? value.ToString("N0", null) : value >= 100 ? value.ToString("F0", null) : value.ToString("F2", null);
}
