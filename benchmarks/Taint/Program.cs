using System.Globalization;
using SecurityToolchain.Taint.Benchmarks.Building;
using SecurityToolchain.Taint.Benchmarks.Editing;
using SecurityToolchain.Taint.Benchmarks.Scaling;
using SecurityToolchain.Tooling;

// usage: dotnet run -c Release --project benchmarks/Taint -- MODE
//   edit  [lines of the project, default 100000] [edits, default 100] [part of an analyzer's name, default all]
//   scale [web | libraries, default libraries] [sizes, default 50000 100000 200000 500000]
//   build [lines, default 70000] [rounds, default 3]
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Repository repository = Repository.Find();
switch (args)
{
    case ["edit", ..]:
        return await EditBenchmark.RunAsync(repository, Number(1, 100_000), Number(2, 100), args.Length > 3 ? args[3] : "").ConfigureAwait(false) ? 0 : 1;
    case ["scale", ..]:
        int[] sizes = args.Length > 2 ? [.. args.Skip(2).Select(static text => int.Parse(text, CultureInfo.InvariantCulture))] : [50_000, 100_000, 200_000, 500_000];
        return await ScaleBenchmark.RunAsync(args.Length > 1 ? args[1] : ScaleRun.Libraries, sizes).ConfigureAwait(false) ? 0 : 1;
    case [ScaleRun.Mode, string corpus, string lines, string set]:
        return await ScaleRun.RunAsync(repository, corpus, int.Parse(lines, CultureInfo.InvariantCulture), set).ConfigureAwait(false);
    case ["build", ..]:
        return await BuildBenchmark.RunAsync(repository, Number(1, 70_000), Number(2, 3)).ConfigureAwait(false) ? 0 : 1;
    default:
        await Console.Error.WriteLineAsync("A mode is missing: edit, scale or build.").ConfigureAwait(false);
        return 2;
}

int Number(int index, int fallback) => args.Length > index ? int.Parse(args[index], CultureInfo.InvariantCulture) : fallback;
