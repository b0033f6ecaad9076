using EvsSimulator;
using EvsSimulator.Options;

return await new CommandLine().RunAsync(args, options => Simulator.RunAsync(options, TimeProvider.System, Console.Out, Console.Error));
