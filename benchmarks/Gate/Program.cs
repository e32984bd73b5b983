using System.Globalization;
using SecurityToolchain.GateCost;
using SecurityToolchain.Tooling;

// usage: dotnet run -c Release --project benchmarks/Gate -- [rounds, default 5] [folder to work in and keep]
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
int rounds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 5;
using var workspace = new Workspace(Repository.Find(), args.Length > 1 ? args[1] : null);
await workspace.PrepareAsync().ConfigureAwait(false);

string[] steps = ["first restore", "first restore, gate cold", "repeated restore", "repeated restore, gate warm", "build --no-restore", "build --no-restore, gate warm"];
var costs = steps.ToDictionary(static step => step, static _ => new List<Cost>());
var gate = new Dictionary<string, List<GateTimes>> { ["cold, in restore"] = [], ["warm, in restore"] = [], ["warm, in build"] = [] };
for (int round = 1; round <= rounds; round++)
{
    // Each pair lies side by side in time, so that other work of the machine meets both.
    workspace.Forget();
    await MeasureAsync(steps[0], gated: false, null, "restore").ConfigureAwait(false);
    workspace.Forget();
    await MeasureAsync(steps[1], gated: true, "cold, in restore", "restore").ConfigureAwait(false);
    await workspace.MeasureAsync(gated: false, "restore").ConfigureAwait(false);
    await MeasureAsync(steps[2], gated: false, null, "restore").ConfigureAwait(false);
    await MeasureAsync(steps[3], gated: true, "warm, in restore", "restore").ConfigureAwait(false);
    await MeasureAsync(steps[4], gated: false, null, "build", "--no-restore").ConfigureAwait(false);
    await MeasureAsync(steps[5], gated: true, "warm, in build", "build", "--no-restore").ConfigureAwait(false);
    await Console.Error.WriteLineAsync($"round {round} of {rounds}").ConfigureAwait(false);
}

Print();
return 0;

async Task MeasureAsync(string step, bool gated, string? check, params string[] arguments)
{
    (Cost cost, string log) = await workspace.MeasureAsync(gated, arguments).ConfigureAwait(false);
    costs[step].Add(cost);
    if (check is not null)
        gate[check].Add(GateTimes.Read(log, check[..4]));
}

void Print()
{
    int packages = gate["cold, in restore"][0].Packages;
    Console.WriteLine($"{packages} packages, {Environment.ProcessorCount} cores, {rounds} rounds, medians");
    Console.WriteLine();
    Console.WriteLine("| `dotnet` | CPU s | wall s | CPU relative to the line above | added CPU ms a package |");
    Console.WriteLine("|---|---:|---:|---:|---:|");
    for (int i = 0; i < steps.Length; i++)
    {
        Cost cost = Cost.Median(costs[steps[i]]);
        Cost plain = Cost.Median(costs[steps[i & ~1]]);
        bool gated = (i & 1) == 1;
        string ratio = gated ? $"{cost.CpuSeconds / plain.CpuSeconds:F2}" : "";
        string added = gated ? $"{(cost.CpuSeconds - plain.CpuSeconds) * 1000 / packages:F1}" : "";
        Console.WriteLine($"| {steps[i]} | {cost.CpuSeconds:F2} | {cost.WallSeconds:F2} | {ratio} | {added} |");
    }

    Console.WriteLine();
    Console.WriteLine("| the gate's own check | CPU ms | wall ms | CPU ms a package | wall ms a package |");
    Console.WriteLine("|---|---:|---:|---:|---:|");
    foreach ((string check, List<GateTimes> times) in gate)
    {
        GateTimes median = GateTimes.Median(times);
        Console.WriteLine($"| {check} | {median.CpuMilliseconds:F0} | {median.WallMilliseconds:F0} | {median.CpuMilliseconds / packages:F2} | {median.WallMilliseconds / packages:F2} |");
    }
}
