using SecurityToolchain.Demo;
using SecurityToolchain.Tooling;

if (args.Length > 0)
{
    await Console.Error.WriteLineAsync($"'{args[0]}' is not understood: the demo takes no arguments. usage: dotnet run --project eng/Demo").ConfigureAwait(false);
    return 2;
}

return await new MainJob(Repository.Find()).RunAsync().ConfigureAwait(false);
