await Console.Error.WriteLineAsync("There is no fault to run yet.");
return 1;
