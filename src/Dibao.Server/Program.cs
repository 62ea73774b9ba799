using Dibao.Server.Commands;

using var termination = new Termination();
return await CommandLine.RunAsync(args, termination.Token);
